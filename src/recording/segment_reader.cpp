#include "recording/segment_reader.hpp"

#include <algorithm>
#include <span>

namespace bongsu::recording {
namespace {

constexpr std::uint64_t kMostFragmentBytes = 128U << 20U;  // a larger one is not from us

constexpr std::uint64_t kBlock = 1U << 20U;

Status hash_range(
    Sha256& hash, const media::mp4::ByteSource& source, std::uint64_t from, std::uint64_t to
) {
    std::vector<std::uint8_t> block(std::min(kBlock, to - from));
    while (from < to) {
        const std::span<std::uint8_t> part(
            block.data(), std::min<std::uint64_t>(block.size(), to - from)
        );
        BONGSU_TRY(source.read_at(from, part));
        hash.add(Bytes(part));
        from += part.size();
    }
    return {};
}

std::string describe_fragment(std::size_t number, const FragmentMark& mark, std::uint64_t offset) {
    return "GOP " + std::to_string(number + 1) + " (" + to_iso8601(mark.start) + ", byte " +
           std::to_string(offset) + ") does not agree with its hash";
}

}  // namespace

Result<SegmentContent> read_segment(const media::mp4::ByteSource& source) {
    SegmentContent content;
    BONGSU_ASSIGN(content.file, media::mp4::scan_file(source, kMarks));
    BONGSU_ASSIGN(content.header, decode_header(content.file.header));
    auto& fragments = content.file.fragments;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        auto mark = decode_mark(fragments[i].trailer);
        if (!mark) {
            content.file.torn = mark.error().describe();
            content.file.whole_size = fragments[i].offset;
            fragments.resize(i);
            break;
        }
        content.marks.push_back(*mark);
    }
    return content;
}

Status check_fragment_size(std::uint64_t size) {
    return size <= kMostFragmentBytes
               ? Status{}
               : fail(ErrorKind::Corrupt, "a fragment of " + std::to_string(size) + " bytes");
}

Result<std::vector<std::uint8_t>> read_pictures(
    const media::mp4::ByteSource& source, const media::mp4::ScannedFragment& fragment
) {
    const std::uint64_t size = fragment.fragment.data_size();
    BONGSU_TRY(check_fragment_size(size));
    std::vector<std::uint8_t> data(size);
    BONGSU_TRY(source.read_at(fragment.data, data));
    return data;
}

Result<ChainVerdict> verify_chain(
    const media::mp4::ByteSource& source, const SegmentContent& content
) {
    Sha256 hash;
    hash.add(Bytes(content.header.chain_before));
    BONGSU_TRY(hash_range(hash, source, 0, content.file.header_size));
    ChainVerdict verdict{.chain = hash.finish(), .bytes = content.file.header_size, .problem = {}};
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        const media::mp4::ScannedFragment& fragment = content.file.fragments[i];
        const FragmentMark& mark = content.marks[i];
        hash.add(Bytes(verdict.chain));
        BONGSU_TRY(hash_range(hash, source, fragment.offset, fragment.media_end));
        const Digest expected = hash.add(Bytes(covered_part(mark))).finish();
        if (expected != mark.chain) {
            verdict.problem = describe_fragment(i, mark, fragment.offset);
            break;
        }
        verdict.chain = mark.chain;
        verdict.bytes = fragment.end;
        verdict.whole = i + 1;
    }
    return verdict;
}

store::Segment row_of(
    const SegmentContent& content, const ChainVerdict& verdict, const std::string& path
) {
    store::Segment row{
        .path = path,
        .camera = content.header.camera,
        .organisation = content.header.organisation,
        .role = content.header.role,
        .state = store::SegmentState::Closed,
        .start = content.header.start,
        .end = content.header.start,
        .is_wall_estimated = content.header.is_wall_estimated,
        .media_start = content.header.media_start,
        .codec = content.file.parameters.codec,
        .width = content.file.parameters.width,
        .height = content.file.parameters.height,
        .bytes = static_cast<std::int64_t>(verdict.bytes),
        .fragments = static_cast<std::int64_t>(verdict.whole),
        .chain_before = to_hex(content.header.chain_before),
        .chain_after = to_hex(verdict.chain),
    };
    for (std::size_t i = 0; i < verdict.whole; ++i) {
        row.end = std::max(row.end, content.marks[i].end);
        const media::mp4::Fragment& fragment = content.file.fragments[i].fragment;
        row.media_duration = static_cast<std::int64_t>(fragment.decode_time + fragment.duration());
    }
    return row;
}

}  // namespace bongsu::recording
