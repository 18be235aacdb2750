#include "analysis/analysis.hpp"

#include <algorithm>

namespace zweck::analysis {

Analysis::Analysis(const Model& model, std::uint64_t steps_per_question)
    : model_(model),
      formulas_(build_formulas(&model, nullptr)),
      scopes_(formulas_),
      steps_per_question_(steps_per_question),
      finder_(formulas_, scopes_, steps_) {}

Question Analysis::question(Region box) const {
  Question question;
  question.box = std::move(box);
  question.denies = Bits(scopes_.rules().size());
  question.allows = Bits(scopes_.rules().size());
  return question;
}

Question Analysis::question(const Box& box, const std::vector<Box>& excepts) const {
  Question asked = question(scopes_.region(0, box));
  for (const Box& except : excepts) asked.excepts.push_back(scopes_.region(0, except));
  return asked;
}

Answer Analysis::ask(const Question& question) {
  steps_.limit = std::min(steps_.done + steps_per_question_, limits::analysis_steps_in_all);
  return finder_.find(question);
}

ResolvedRequest Analysis::witness(const Question& question) {
  Found found = finder_.found();
  simplify(formulas_, finder_, question, found);
  return request_of(formulas_, found, 0);
}

}  // namespace zweck::analysis
