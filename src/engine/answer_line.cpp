#include "engine/answer_line.hpp"

#include <algorithm>
#include <bit>

#include "text/json_text.hpp"

namespace zweck {

namespace {

void append_quoted(std::string& out, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != '"' && c != '\\'; });
  if (!plain) {
    out += json_quote(text);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

}  // namespace

void append_answer(std::string& out, const Program& program, std::optional<std::string_view> id, const QuickAnswer& answer) {
  const QuotedNames& names = program.quoted_names();
  const bool allowed = answer.status() == Status::allowed;
  // Of a list: each name has a comma and a blank behind it, the last one too many.
  const auto end_list = [&] {
    out.resize(out.size() - 2);
    out += ']';
  };
  out += '{';
  if (id) {
    out += R"("id": )";
    append_quoted(out, *id);
    out += ", ";
  }
  out += allowed ? R"("decision": "allow", "status": ")" : R"("decision": "deny", "status": ")";
  out += name_of(answer.status());
  out += R"(", "rules": [)";
  for (const RuleId rule : answer.rules()) out += names.rule(rule);
  if (answer.rules().empty())
    out += ']';
  else
    end_list();
  if (allowed) {
    out += R"(, "obligations": {)";
    if (answer.keep_seconds() != INT64_MAX) {
      out += R"("keep": ")";
      out += to_string(Duration{answer.keep_seconds()});
      out += '"';
    }
    if (answer.obligations() != 0) {
      out += answer.keep_seconds() != INT64_MAX ? R"(, "oblige": [)" : R"("oblige": [)";
      for (std::uint64_t left = answer.obligations(); left != 0; left &= left - 1)
        out += names.obligation(static_cast<ObligationId>(std::countr_zero(left)));
      end_list();
    }
    out += '}';
  }
  out += names.revision();
}

}  // namespace zweck
