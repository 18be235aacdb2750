# The pages of checks (src/lint/checks/NAME.md) as C++, so that the command can show them wherever it is installed.
file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/lint/checks/*.md)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${pages})
set(entries "")
foreach(page ${pages})
  get_filename_component(name ${page} NAME_WE)
  file(READ ${page} text)
  string(APPEND entries "    {\"${name}\", R\"page(${text})page\"},\n")
endforeach()
set(ZWECK_PAGES ${PROJECT_BINARY_DIR}/generated/pages.cpp)
file(CONFIGURE OUTPUT ${ZWECK_PAGES} @ONLY CONTENT "// Made from src/lint/checks/*.md.
#include \"lint/lint.hpp\"

namespace zweck::lint {

std::string_view page_of(std::string_view name) {
  struct Page {
    std::string_view name, text;
  };
  static constexpr Page pages[] = {
    {\"\", \"\"},
@entries@  };
  for (const Page& page : pages)
    if (page.name == name) return page.text;
  return {};
}

}  // namespace zweck::lint
")
