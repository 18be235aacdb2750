#include "import/csv.hpp"

#include <fmt/format.h>

#include "import/writer.hpp"

namespace zweck::import {

namespace {

class CsvReader {
 public:
  CsvReader(const Sources& files, std::uint32_t file) : files_(files), file_(file), text_(files[file].text) {}

  Result<Table> read() {
    Table table;
    while (at_ < text_.size()) {
      Row row;
      const std::size_t begin = at_;
      if (!read_row(row)) return error_;
      row.span = span(begin, row_end_);
      if (table.columns.empty()) {
        table.columns = std::move(row.fields);
      } else if (row.fields.size() != table.columns.size()) {
        return error_at(
            files_, row.span,
            fmt::format("a row of {} fields, where the first has {}", row.fields.size(), table.columns.size()));
      } else {
        table.rows.push_back(std::move(row));
      }
    }
    if (table.columns.empty()) return error_in(files_[file_].path, "nothing stands in it");
    return table;
  }

 private:
  bool read_row(Row& row) {
    for (;;) {
      std::string field;
      if (!(at_ < text_.size() && text_[at_] == '"' ? read_quoted(field) : read_plain(field))) return false;
      row.fields.push_back(std::move(field));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      row_end_ = at_;
      if (at_ < text_.size() && text_[at_] == '\r') ++at_;
      if (at_ < text_.size() && text_[at_] != '\n')
        return fail(at_, "text behind closing quotes", "put a comma before it");
      ++at_;
      return true;
    }
  }

  bool read_quoted(std::string& field) {
    const std::size_t begin = at_++;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        field += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += '"';
        ++at_;
      } else {
        ++at_;
        return true;
      }
    }
    return fail(begin, "quotes that are not closed", {});
  }

  bool read_plain(std::string& field) {
    for (; at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r'; ++at_) {
      if (text_[at_] == '"')
        return fail(at_, "quotes within a field that has none around it",
                    "double them, and put quotes around the field");
      field += text_[at_];
    }
    return true;
  }

  bool fail(std::size_t at, std::string message, std::string help) {
    error_ = error_at(files_, span(at, at + 1), std::move(message), std::move(help));
    return false;
  }

  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  const Sources& files_;
  std::uint32_t file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t row_end_ = 0;
  Diagnostic error_;
};

}  // namespace

Result<Table> read_csv(const Sources& files, std::uint32_t file) {
  if (Diagnostics bad = check_text(files, file); !bad.empty()) return bad;
  return CsvReader(files, file).read();
}

}  // namespace zweck::import
