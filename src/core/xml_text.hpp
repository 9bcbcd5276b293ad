#pragma once

#include <string>
#include <string_view>

namespace bongsu {

/// `text` with & < > " and ' escaped, and without characters that XML 1.0 forbids (2.2). Good for
/// HTML too.
std::string escape_xml(std::string_view text);

}  // namespace bongsu
