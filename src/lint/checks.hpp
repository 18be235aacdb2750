// What the table of checks names: one function per check, each in checks/NAME.cpp.
#pragma once

#include "lint/lint.hpp"

namespace zweck::lint {

void assertions(const Context& context, Report& report);  // failed-assertion, vacuous-assertion
void logic(const Context& context, Report& report);  // the five checks of the rules' logic, which share their questions

void missing_benefit(const Context& context, Report& report);
void partner_on_opt_out(const Context& context, Report& report);
void hidden_opt_out(const Context& context, Report& report);
void missing_notice(const Context& context, Report& report);
void minors_unguarded(const Context& context, Report& report);
void special_out_of_reach(const Context& context, Report& report);
void missing_retention(const Context& context, Report& report);
void overbroad_allow(const Context& context, Report& report);

void unused_name(const Context& context, Report& report);
void deprecated_name(const Context& context, Report& report);
void expired_rule(const Context& context, Report& report);
void expires_soon(const Context& context, Report& report);
void unformatted(const Context& context, Report& report);
void untested_rule(const Context& context, Report& report);

}  // namespace zweck::lint
