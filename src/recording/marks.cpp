#include "recording/marks.hpp"

#include "media/mp4/box_writer.hpp"

#include <algorithm>

namespace bongsu::recording {
namespace {

using media::mp4::BoxWriter;

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxName = 1024;
constexpr std::uint8_t kEstimatedFlag = 1;
constexpr std::uint8_t kKeyFlag = 1;
// Times and ticks stay far from the ends of 64 bits, so that later sums cannot overflow: 285 years
// in microseconds.
constexpr std::int64_t kLargestNumber = std::int64_t{1} << 53U;

std::int64_t micros(WallTime time) {
    return time.time_since_epoch().count();
}

bool is_plausible(std::uint64_t value) {
    const auto number = static_cast<std::int64_t>(value);
    return number <= kLargestNumber && number >= -kLargestNumber;
}

WallTime to_wall(std::uint64_t value) {
    return WallTime{Duration{static_cast<std::int64_t>(value)}};
}

void write_name(BoxWriter& out, const std::string& name) {
    out.u16(static_cast<std::uint16_t>(name.size()));
    out.text(name);
}

std::optional<std::string> read_name(ByteReader& in) {
    const auto size = in.u16();
    if (!size || *size > kMaxName) {
        return std::nullopt;
    }
    const auto view = in.take(*size);
    return view ? std::optional(std::string(view->begin(), view->end())) : std::nullopt;
}

bool read_digest(ByteReader& in, Digest& into) {
    const auto view = in.take(into.size());
    if (view) {
        std::ranges::copy(*view, into.begin());
    }
    return view.has_value();
}

std::unexpected<Error> malformed(const char* what) {
    return fail(
        ErrorKind::Corrupt, std::string("the ") + what + " of a recorded file is malformed"
    );
}

}  // namespace

const media::mp4::ScanMarks kMarks{
    .header =
        {0x6b,
         0x1d,
         0x0e,
         0x52,
         0x9c,
         0x47,
         0x5a,
         0x8e,
         0x91,
         0x3b,
         0x62,
         0x6f,
         0x6e,
         0x67,
         0x73,
         0x75},
    .trailer =
        {0xd2,
         0x58,
         0x77,
         0x10,
         0x3f,
         0xa4,
         0x5c,
         0x0b,
         0x8f,
         0x26,
         0x62,
         0x6f,
         0x6e,
         0x67,
         0x73,
         0x75},
};

std::vector<std::uint8_t> encode(const SegmentHeader& header) {
    BoxWriter out;
    out.u8(kVersion);
    out.u8(header.is_wall_estimated ? kEstimatedFlag : 0);
    out.u8(header.role == StreamRole::Sub ? 1 : 0);
    out.u64(static_cast<std::uint64_t>(micros(header.start)));
    out.u64(static_cast<std::uint64_t>(header.media_start));
    out.bytes(header.chain_before);
    write_name(out, header.camera.value());
    write_name(out, header.organisation.value());
    return out.take();
}

Result<SegmentHeader> decode_header(Bytes payload) {
    ByteReader in(payload);
    const auto version = in.u8();
    const auto flags = in.u8();
    const auto role = in.u8();
    const auto start = in.u64();
    const auto media_start = in.u64();
    SegmentHeader header;
    if (!version || *version != kVersion || !role || *role > 1 || !media_start ||
        !is_plausible(*start) || !is_plausible(*media_start) ||
        !read_digest(in, header.chain_before)) {
        return malformed("header box");
    }
    const auto camera = read_name(in);
    const auto organisation = read_name(in);
    if (!camera || !organisation || in.remaining() != 0) {
        return malformed("header box");
    }
    header.camera = CameraId(*camera);
    header.organisation = OrganisationId(*organisation);
    header.role = *role == 1 ? StreamRole::Sub : StreamRole::Main;
    header.start = to_wall(*start);
    header.is_wall_estimated = (*flags & kEstimatedFlag) != 0;
    header.media_start = static_cast<std::int64_t>(*media_start);
    return header;
}

std::vector<std::uint8_t> covered_part(const FragmentMark& mark) {
    BoxWriter out;
    out.u8(kVersion);
    out.u8(mark.is_key ? kKeyFlag : 0);
    out.u64(static_cast<std::uint64_t>(micros(mark.start)));
    out.u64(static_cast<std::uint64_t>(micros(mark.end)));
    out.u32(mark.lost_before);
    return out.take();
}

std::vector<std::uint8_t> encode(const FragmentMark& mark) {
    std::vector<std::uint8_t> bytes = covered_part(mark);
    bytes.insert(bytes.end(), mark.chain.begin(), mark.chain.end());
    return bytes;
}

Result<FragmentMark> decode_mark(Bytes payload) {
    ByteReader in(payload);
    const auto version = in.u8();
    const auto flags = in.u8();
    const auto start = in.u64();
    const auto end = in.u64();
    const auto lost = in.u32();
    FragmentMark mark;
    if (!version || *version != kVersion || !lost || !is_plausible(*start) || !is_plausible(*end) ||
        !read_digest(in, mark.chain) || in.remaining() != 0) {
        return malformed("fragment box");
    }
    mark.start = to_wall(*start);
    mark.end = to_wall(*end);
    mark.lost_before = *lost;
    mark.is_key = (*flags & kKeyFlag) != 0;
    return mark;
}

Digest chain_seed(const CameraId& camera, StreamRole role, const std::string& day) {
    constexpr std::string_view kZero("\0", 1);
    Sha256 hash;
    hash.add("bongsu chain 1").add(camera.value()).add(kZero);
    return hash.add(to_string(role)).add(kZero).add(day).finish();
}

Digest link_header(Sha256& hash, const Digest& before, Bytes header_bytes) {
    return hash.add(Bytes(before)).add(header_bytes).finish();
}

std::string day_of(WallTime time) {
    return to_iso8601(time).substr(0, 10);
}

}  // namespace bongsu::recording
