// What is wrong with the rules of a set. Bounded, so that files of nothing but mistakes are answered as soon as others.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "text/limits.hpp"
#include "text/source.hpp"

namespace zweck {

class Mistakes {
 public:
  explicit Mistakes(const Sources& sources) : sources_(sources) {}

  // Whether people will read the next one; the help for others need not be looked for.
  bool shown() const { return found_.size() < limits::diagnostics; }
  bool empty() const { return found_.empty(); }

  void add(std::string check, std::string message, std::string help, Span at) {
    if (found_.size() == limits::diagnostics_kept) return;
    found_.push_back({.check = std::move(check),
                      .message = std::move(message),
                      .help = std::move(help),
                      .place = sources_.place(at),
                      .related = {}});
  }
  // One that contradicts something that stands elsewhere.
  void add(std::string check, std::string message, std::string help, Span at, std::string other, Span other_at) {
    if (found_.size() == limits::diagnostics_kept) return;
    add(std::move(check), std::move(message), std::move(help), at);
    found_.back().related.push_back({std::move(other), sources_.place(other_at)});
  }

  Diagnostics take() { return std::move(found_); }

 private:
  const Sources& sources_;
  Diagnostics found_;
};

}  // namespace zweck
