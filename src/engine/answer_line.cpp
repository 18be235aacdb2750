#include "engine/answer_line.hpp"

#include <algorithm>

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
  const Vocabulary& vocabulary = program.vocabulary();
  const bool allowed = answer.status() == Status::allowed;
  out += '{';
  if (id) {
    out += R"("id": )";
    append_quoted(out, *id);
    out += ", ";
  }
  out += allowed ? R"("decision": "allow", "status": ")" : R"("decision": "deny", "status": ")";
  out += name_of(answer.status());
  out += R"(", "rules": [)";
  if (!answer.rules().empty()) {
    const std::vector<Rule>& rules = program.model().rules;
    for (const RuleId rule : answer.rules()) {
      if (rule != answer.rules().front()) out += ", ";
      append_quoted(out, rules[rule].name);
    }
  }
  out += ']';
  if (allowed) {
    out += R"(, "obligations": {)";
    if (answer.keep_seconds() != INT64_MAX) {
      out += R"("keep": ")";
      out += to_string(Duration{answer.keep_seconds()});
      out += '"';
    }
    if (answer.obligations() != 0) {
      out += answer.keep_seconds() != INT64_MAX ? R"(, "oblige": [)" : R"("oblige": [)";
      bool first = true;
      for (ObligationId id = 0; id < vocabulary.obligations.size(); ++id) {
        if ((answer.obligations() >> id & 1) == 0) continue;
        if (!first) out += ", ";
        first = false;
        append_quoted(out, vocabulary.obligations[id].name);
      }
      out += ']';
    }
    out += '}';
  }
  out += R"(, "revision": )";
  append_quoted(out, program.base().revision);
  out += '}';
}

}  // namespace zweck
