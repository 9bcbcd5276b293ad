#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace bongsu {

/// Ids stand in URLs, folders and metrics: 1 to 64 characters of a-z, 0-9, '_' and '-'. `path`
/// names the field in the error.
Status check_id(std::string_view id, const std::string& path);

/// Text for people: at most `longest` bytes of UTF-8, without control characters other than line
/// ends and tabs.
Status check_text(std::string_view text, std::size_t longest, const std::string& path);

}  // namespace bongsu
