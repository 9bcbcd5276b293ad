#include "media/mp4/box_reader.hpp"

#include <cctype>
#include <string>

namespace bongsu::media::mp4 {

std::string fourcc_text(std::uint32_t type) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        const auto c = static_cast<unsigned char>(type >> static_cast<unsigned>(shift));
        text += std::isprint(c) != 0 ? static_cast<char>(c) : '?';
    }
    return text;
}

Result<std::optional<BoxHeader>> read_box_header(Bytes bytes) {
    ByteReader in(bytes);
    const auto size = in.u32();
    const auto type = in.u32();
    if (!size || !type) {
        return std::nullopt;
    }
    BoxHeader header{.type = *type, .size = *size, .header_size = 8};
    if (*size == 1) {
        const auto large = in.u64();
        if (!large) {
            return std::nullopt;
        }
        header.size = *large;
        header.header_size = 16;
    }
    if (*size != 0 && header.size < header.header_size) {
        return fail(
            ErrorKind::Corrupt,
            "box '" + fourcc_text(*type) + "' says it has " + std::to_string(header.size) +
                " bytes, less than its own header"
        );
    }
    return header;
}

Result<std::optional<Box>> BoxWalk::next() {
    if (rest_.empty()) {
        return std::nullopt;
    }
    BONGSU_ASSIGN(const auto header, read_box_header(rest_));
    if (!header) {
        return fail(ErrorKind::Corrupt, "a box is cut off inside its header");
    }
    const std::uint64_t size = header->size == 0 ? rest_.size() : header->size;
    if (size > rest_.size() || size < header->header_size) {
        return fail(
            ErrorKind::Corrupt,
            "box '" + fourcc_text(header->type) + "' reaches beyond the box around it"
        );
    }
    const Box box{
        .type = header->type,
        .payload = rest_.subspan(header->header_size, size - header->header_size)
    };
    rest_ = rest_.subspan(size);
    return box;
}

Result<Bytes> find_box(Bytes content, std::uint32_t type) {
    BoxWalk walk(content);
    while (true) {
        BONGSU_ASSIGN(const auto box, walk.next());
        if (!box) {
            return fail(ErrorKind::NotFound, "box '" + fourcc_text(type) + "' is missing");
        }
        if (box->type == type) {
            return box->payload;
        }
    }
}

Result<Bytes> find_box_path(Bytes content, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) {
        BONGSU_ASSIGN(content, find_box(content, fourcc(name)));
    }
    return content;
}

}  // namespace bongsu::media::mp4
