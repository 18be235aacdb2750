#include "text/xml_text.hpp"

#include "text/source.hpp"

namespace zweck {

std::string xml_quote(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    switch (c.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case 0xFFFD:  // also stands for bytes that are no UTF-8
      case 0xFFFE:
      case 0xFFFF: out += "\xEF\xBF\xBD"; break;
      default:
        if (c.value < 0x20 && c.value != '\n' && c.value != '\t')
          out += ' ';
        else
          out += text.substr(at, c.bytes);
    }
    at += c.bytes;
  }
  return out;
}

}  // namespace zweck
