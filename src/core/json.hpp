#pragma once

#include "core/result.hpp"
#include "core/value.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace bongsu {

/// Parses one JSON document (RFC 8259). Depth is limited to 32 and the text to `max_bytes`; of a
/// member given twice the last one counts. `origin` names the text in errors.
Result<Value> parse_json(
    std::string_view text, std::string_view origin, std::size_t max_bytes = std::size_t{16} << 20
);

/// The shortest form, on one line. Numbers come back as they were, except that a whole double comes
/// back as an integer. What is no number (NaN, infinity) becomes null; bytes that are not UTF-8
/// become U+FFFD.
std::string to_json(const Value& value);

}  // namespace bongsu
