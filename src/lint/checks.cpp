#include "lint/checks.hpp"

#include <algorithm>
#include <array>

namespace zweck::lint {
namespace {

using enum Severity;
constexpr Group loading = Group::loading, protection = Group::protection, care = Group::care;

constexpr std::array all{
    Check{"syntax-error", error, loading, "text that is not of the language's form", nullptr},
    Check{"invalid-text", error, loading, "bytes that are no UTF-8, and characters that cannot be seen", nullptr},
    Check{"invalid-vocabulary", error, loading, "vocabularies, tests and sets that are not of their form", nullptr},
    Check{"unknown-name", error, loading, "names that nothing defines", nullptr},
    Check{"duplicate-name", error, loading, "a name that is defined twice", nullptr},
    Check{"cyclic-hierarchy", error, loading, "nodes below themselves, data derived from itself", nullptr},
    Check{"type-mismatch", error, loading, "tests whose sides do not fit, values outside their type", nullptr},
    Check{"unreadable-file", error, loading, "files and directories that cannot be read", nullptr},

    Check{"failed-assertion", error, Group::logic, "an assertion that does not hold", assertions},
    Check{"vacuous-assertion", warning, Group::logic, "an assertion that holds only because it speaks of nothing",
          nullptr},
    Check{"rule-never-applies", warning, Group::logic, "a rule that neither applies nor may apply, at any point in any situation",
          logic},
    Check{"overridden-rule", warning, Group::logic, "an allow rule with a deny rule in its way wherever it applies", nullptr},
    Check{"redundant-rule", warning, Group::logic, "a rule without which every answer stays the same", nullptr},
    Check{"constant-condition", warning, Group::logic, "a condition, or part of one, that is always true or always false",
          nullptr},
    Check{"dead-exception", warning, Group::logic, "an `except` that takes nothing away from its rule", nullptr},

    Check{"missing-benefit", error, protection, "volunteered data used without a stated benefit", missing_benefit},
    Check{"partner-on-opt-out", warning, protection, "somebody else gets data because the customer said nothing",
          partner_on_opt_out},
    Check{"hidden-opt-out", warning, protection, "legitimate interest without any notice ever shown", hidden_opt_out},
    Check{"missing-notice", warning, protection, "consent of a customer who was told nothing", missing_notice},
    Check{"minors-unguarded", warning, protection, "consent of children under 16", minors_unguarded},
    Check{"special-out-of-reach", warning, protection, "special data on a basis that never opens it",
          special_out_of_reach},
    Check{"missing-retention", warning, protection, "personal data allowed without a time to keep it",
          missing_retention},
    Check{"overbroad-allow", warning, protection, "all data to all partners", overbroad_allow},

    Check{"unused-name", warning, care, "facts, attributes, notices, obligations and taxonomies that no rule uses",
          unused_name},
    Check{"deprecated-name", warning, care, "rules that use a name marked as deprecated", deprecated_name},
    Check{"expired-rule", warning, care, "a rule whose `until` has passed", expired_rule},
    Check{"expires-soon", info, care, "a rule whose `until` is at most 30 days away", expires_soon},
    Check{"unformatted", info, care, "a rule file that is not in canonical form", unformatted},
    Check{"untested-rule", info, care, "a rule that decides no test, in a set that has tests", untested_rule},
    Check{"unused-suppression", warning, care, "a suppression that silences nothing", nullptr},
    Check{"suppression-without-reason", warning, care, "a suppression that does not say why", nullptr},
};

}  // namespace

std::span<const Check> checks() { return all; }

const Check* find_check(std::string_view name) {
  const auto check = std::find_if(all.begin(), all.end(), [&](const Check& c) { return c.name == name; });
  return check == all.end() ? nullptr : &*check;
}

}  // namespace zweck::lint
