#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bongsu::audit {

/// The text as it may be stored in either database: valid UTF-8 (what is not becomes U+FFFD), no
/// control characters (a space instead), cut to at most `limit` bytes between two characters.
std::string clean_text(std::string_view text, std::size_t limit);

}  // namespace bongsu::audit
