#include "media/mp4/file_scan.hpp"

#include "media/mp4/box_reader.hpp"

#include <algorithm>
#include <array>

namespace bongsu::media::mp4 {
namespace {

constexpr std::uint64_t kMaxBoxInMemory =
    4ULL * 1024 * 1024;  // moov, moof, uuid; kMaxSamples need 320 kB

struct Extent {
    BoxHeader header;
    std::uint64_t offset = 0;

    std::uint64_t end() const { return offset + header.size; }

    std::uint64_t content() const { return offset + header.header_size; }
};

/// Walks the top level of a file.
class FileWalk {
public:
    explicit FileWalk(const ByteSource& source) : source_(source) {}

    std::uint64_t position() const { return at_; }

    void seek(std::uint64_t offset) { at_ = offset; }

    bool is_at_end() const { return at_ >= source_.size(); }

    /// The box at the position, which must lie wholly within the file and be of that type.
    Result<Extent> expect(std::uint32_t type) {
        std::array<std::uint8_t, 16> bytes{};
        const std::uint64_t left = source_.size() - at_;
        const std::size_t count = std::min<std::uint64_t>(left, bytes.size());
        BONGSU_TRY(source_.read_at(at_, std::span(bytes).first(count)));
        BONGSU_ASSIGN(const auto header, read_box_header(std::span(bytes).first(count)));
        if (!header || (header->type == type && (header->size == 0 || header->size > left))) {
            return fail(
                ErrorKind::Corrupt,
                "the file ends inside the box '" + fourcc_text(type) + "' at byte " +
                    std::to_string(at_)
            );
        }
        if (header->type != type) {
            return fail(
                ErrorKind::Corrupt,
                "box '" + fourcc_text(type) + "' was expected at byte " + std::to_string(at_) +
                    ", found '" + fourcc_text(header->type) + "'"
            );
        }
        const Extent extent{.header = *header, .offset = at_};
        at_ = extent.end();
        return extent;
    }

    Result<std::vector<std::uint8_t>> content(const Extent& extent) const {
        const std::uint64_t size = extent.end() - extent.content();
        if (size > kMaxBoxInMemory) {
            return fail(
                ErrorKind::Corrupt,
                "box '" + fourcc_text(extent.header.type) + "' of " + std::to_string(size) +
                    " bytes is too large"
            );
        }
        std::vector<std::uint8_t> bytes(size);
        BONGSU_TRY(source_.read_at(extent.content(), bytes));
        return bytes;
    }

    /// The payload of the uuid box at the position.
    Result<std::vector<std::uint8_t>> expect_uuid(const Uuid& uuid) {
        const std::uint64_t start = at_;
        BONGSU_ASSIGN(const Extent extent, expect(fourcc("uuid")));
        BONGSU_ASSIGN(auto bytes, content(extent));
        if (bytes.size() < uuid.size() || !std::equal(uuid.begin(), uuid.end(), bytes.begin())) {
            return fail(
                ErrorKind::Corrupt, "the uuid box at byte " + std::to_string(start) + " is not ours"
            );
        }
        bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(uuid.size()));
        return bytes;
    }

private:
    const ByteSource& source_;
    std::uint64_t at_ = 0;
};

Result<ScannedFragment> scan_fragment(FileWalk& walk, const Uuid& trailer) {
    ScannedFragment found;
    found.offset = walk.position();
    BONGSU_ASSIGN(const Extent moof, walk.expect(fourcc("moof")));
    BONGSU_ASSIGN(const auto content, walk.content(moof));
    BONGSU_ASSIGN(found.fragment, read_moof(content));
    BONGSU_ASSIGN(const Extent mdat, walk.expect(fourcc("mdat")));
    found.data = found.offset + found.fragment.data_offset;
    found.media_end = mdat.end();
    if (found.data < mdat.content() || found.data > mdat.end() ||
        found.fragment.data_size() != mdat.end() - found.data) {
        return fail(
            ErrorKind::Corrupt,
            "the samples do not fill their mdat box at byte " + std::to_string(mdat.offset)
        );
    }
    BONGSU_ASSIGN(found.trailer, walk.expect_uuid(trailer));
    found.end = walk.position();
    return found;
}

}  // namespace

Status MemorySource::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (offset > bytes_.size() || into.size() > bytes_.size() - offset) {
        return fail(ErrorKind::Corrupt, "read beyond the end of the bytes");
    }
    std::ranges::copy(bytes_.subspan(offset, into.size()), into.begin());
    return {};
}

Result<ScannedFile> scan_file(const ByteSource& source, const ScanMarks& marks) {
    ScannedFile file;
    FileWalk walk(source);
    BONGSU_TRY(walk.expect(fourcc("ftyp")));
    BONGSU_ASSIGN(const Extent moov, walk.expect(fourcc("moov")));
    BONGSU_ASSIGN(const auto content, walk.content(moov));
    BONGSU_ASSIGN(file.parameters, read_moov(content));
    file.header_media_end = walk.position();
    BONGSU_ASSIGN(file.header, walk.expect_uuid(marks.header));
    file.header_size = walk.position();
    file.whole_size = file.header_size;
    while (!walk.is_at_end()) {
        if (file.fragments.size() >= kMaxFragments) {
            file.torn = "more than " + std::to_string(kMaxFragments) + " fragments";
            break;
        }
        auto fragment = scan_fragment(walk, marks.trailer);
        if (!fragment) {
            file.torn = fragment.error().describe();
            break;
        }
        file.whole_size = fragment->end;
        file.fragments.push_back(*std::move(fragment));
    }
    return file;
}

}  // namespace bongsu::media::mp4
