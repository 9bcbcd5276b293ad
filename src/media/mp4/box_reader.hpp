#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bongsu::media::mp4 {

/// Four characters as one number: fourcc("moof").
constexpr std::uint32_t fourcc(std::string_view text) {
    std::uint32_t value = 0;
    for (const char c : text.substr(0, 4)) {
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    }
    return value;
}

/// The four characters for messages; bytes that cannot be printed become '?'.
std::string fourcc_text(std::uint32_t type);

/// Start of a box (ISO/IEC 14496-12 4.2).
struct BoxHeader {
    std::uint32_t type = 0;
    std::uint64_t size = 0;         ///< whole box with its header; 0: up to the end of the file
    std::uint32_t header_size = 8;  ///< 8 or 16
};

/// Reads a header from the first 8 or 16 bytes of `bytes`. Corrupt when the size is impossible,
/// nothing when bytes are missing.
Result<std::optional<BoxHeader>> read_box_header(Bytes bytes);

struct Box {
    std::uint32_t type = 0;
    Bytes payload;
};

/// Walks the boxes inside a box. Each box must lie wholly within its parent.
class BoxWalk {
public:
    explicit BoxWalk(Bytes content) : rest_(content) {}

    /// The next box, nothing at the end, or Corrupt.
    Result<std::optional<Box>> next();

private:
    Bytes rest_;
};

/// The payload of the first box of that type directly inside `content`; NotFound when there is
/// none.
Result<Bytes> find_box(Bytes content, std::uint32_t type);

/// Follows a path of nested boxes.
Result<Bytes> find_box_path(Bytes content, std::initializer_list<std::string_view> path);

}  // namespace bongsu::media::mp4
