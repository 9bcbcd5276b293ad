#include "recording/playback_reader.hpp"

#include "media/mp4/codec_string.hpp"
#include "media/mp4/fragment_writer.hpp"
#include "recording/disk.hpp"
#include "recording/fragment_times.hpp"
#include "recording/segment_rows.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace bongsu::recording {
namespace {

constexpr Duration kGap = std::chrono::seconds{2};
constexpr std::size_t kMostGop = 128U << 20U;  // a fragment that is larger is not from us

bool is_same(const CodecParameters& a, const CodecParameters& b) {
    return a.codec == b.codec && a.width == b.width && a.height == b.height &&
           a.decoder_config == b.decoder_config;
}

/// Where a piece begins in the segment: at the last key picture at or before `from`, else at the
/// first one; a continuation where the piece before has ended. May be behind the last fragment.
std::size_t first_fragment(const SegmentContent& content, const MediaQuery& query) {
    const auto& marks = content.marks;
    if (query.is_continuation) {
        const auto found = std::ranges::find_if(marks, [&](const FragmentMark& mark) {
            return mark.start >= query.from;
        });
        return static_cast<std::size_t>(found - marks.begin());
    }
    std::size_t first = marks.size();
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i].is_key && (marks[i].start <= query.from || first == marks.size())) {
            first = i;
        }
    }
    return first;
}

std::unexpected<Error> nothing_found(const MediaQuery& query, const MediaPiece& piece) {
    const std::string span = "camera '" + query.camera.value() + "' between " +
                             to_iso8601(query.from) + " and " + to_iso8601(query.to);
    if (piece.skipped.empty()) {
        return fail(ErrorKind::NotFound, "nothing was recorded of " + span);
    }
    return fail(
        ErrorKind::Corrupt,
        "no segment of " + span +
            " can be read; run `bongsu check`. The first: " + piece.skipped.front()
    );
}

}  // namespace

std::string_view to_string(PieceEnd end) {
    switch (end) {
        case PieceEnd::Span:
            return "span";
        case PieceEnd::Size:
            return "size";
        case PieceEnd::Parameters:
            return "parameters";
        case PieceEnd::Gap:
            return "gap";
        case PieceEnd::Recorded:
            return "recorded";
    }
    return "recorded";
}

/// One piece while it grows.
struct PlaybackReader::Assembly {
    const MediaQuery& query;
    MediaPiece piece;
    SegmentCache::Content first;  ///< whose parameters the piece has
    std::uint32_t sequence = 0;
    bool is_done = false;

    bool ends_before(const SegmentContent& content, const FragmentMark& mark);
    void end(PieceEnd why, WallTime next);
    Status begin(SegmentCache::Content content);
    Status add_segment(const SegmentCache::Content& content, const FileSource& source);
    Status add(
        const SegmentContent& content,
        const FileSource& source,
        std::size_t number,
        std::span<const std::int64_t> times
    );
    Status add_key(
        const SegmentContent& content,
        const FileSource& source,
        std::size_t number,
        std::span<const std::int64_t> times
    );
    Status append(
        std::int64_t decode_time,
        std::span<const media::mp4::Sample> samples,
        const FileSource& source,
        std::uint64_t offset
    );
};

void PlaybackReader::Assembly::end(PieceEnd why, WallTime next) {
    piece.why = why;
    piece.next = next;
    is_done = true;
}

/// Whether the piece must not go on with this fragment.
bool PlaybackReader::Assembly::ends_before(
    const SegmentContent& content, const FragmentMark& mark
) {
    if (mark.start >= query.to) {
        end(PieceEnd::Span, mark.start);
    } else if (!first) {
        return false;
    } else if (!is_same(first->file.parameters, content.file.parameters)) {
        end(PieceEnd::Parameters, mark.start);
    } else if (mark.start - piece.end > kGap) {
        end(PieceEnd::Gap, mark.start);
    } else if (piece.bytes.size() >= query.max_bytes) {
        end(PieceEnd::Size, mark.start);
    }
    return is_done;
}

Status PlaybackReader::Assembly::begin(SegmentCache::Content content) {
    const CodecParameters& parameters = content->file.parameters;
    BONGSU_ASSIGN(piece.bytes, media::mp4::init_segment(parameters));
    BONGSU_ASSIGN(piece.mime, media::mp4::mime_type(parameters));
    piece.width = parameters.width;
    piece.height = parameters.height;
    first = std::move(content);
    return {};
}

Status PlaybackReader::Assembly::add_segment(
    const SegmentCache::Content& content, const FileSource& source
) {
    const std::vector<std::int64_t> times = fragment_times(*content);
    for (std::size_t i = first ? 0 : first_fragment(*content, query); i < times.size(); ++i) {
        const FragmentMark& mark = content->marks[i];
        if (query.keys_only && !mark.is_key) {
            continue;
        }
        if (ends_before(*content, mark)) {
            return {};
        }
        if (!first) {
            BONGSU_TRY(begin(content));
            piece.from = mark.start;
        }
        BONGSU_TRY(
            query.keys_only ? add_key(*content, source, i, times) : add(*content, source, i, times)
        );
    }
    return {};
}

Status PlaybackReader::Assembly::add(
    const SegmentContent& content,
    const FileSource& source,
    std::size_t number,
    std::span<const std::int64_t> times
) {
    const media::mp4::ScannedFragment& scanned = content.file.fragments[number];
    const auto& samples = scanned.fragment.samples;
    BONGSU_TRY(append(times[number], samples, source, scanned.data));
    piece.end =
        from_wall_ticks(times[number] + static_cast<std::int64_t>(scanned.fragment.duration()));
    return {};
}

/// Only the key picture, shown until the next one.
Status PlaybackReader::Assembly::add_key(
    const SegmentContent& content,
    const FileSource& source,
    std::size_t number,
    std::span<const std::int64_t> times
) {
    const auto& fragments = content.file.fragments;
    std::size_t next = number + 1;
    while (next < fragments.size() && !content.marks[next].is_key) {
        ++next;
    }
    const std::int64_t until =
        next < fragments.size()
            ? times[next]
            : times.back() + static_cast<std::int64_t>(fragments.back().fragment.duration());
    const media::mp4::Sample& key = fragments[number].fragment.samples.front();
    const std::array samples{media::mp4::Sample{
        .size = key.size,
        .duration = static_cast<std::uint32_t>(std::max<std::int64_t>(1, until - times[number])),
        .is_key = true,
    }};
    BONGSU_TRY(append(times[number], samples, source, fragments[number].data));
    piece.end = from_wall_ticks(until);
    return {};
}

Status PlaybackReader::Assembly::append(
    std::int64_t decode_time,
    std::span<const media::mp4::Sample> samples,
    const FileSource& source,
    std::uint64_t offset
) {
    std::size_t size = 0;
    for (const media::mp4::Sample& sample : samples) {
        size += sample.size;
    }
    if (size > kMostGop) {
        return fail(ErrorKind::Corrupt, "a fragment of " + std::to_string(size) + " bytes");
    }
    BONGSU_ASSIGN(
        const auto head,
        media::mp4::fragment_head({
            .sequence = ++sequence,
            .decode_time = static_cast<std::uint64_t>(decode_time),
            .samples = samples,
        })
    );
    const std::size_t before = piece.bytes.size();
    piece.bytes.insert(piece.bytes.end(), head.begin(), head.end());
    piece.bytes.resize(piece.bytes.size() + size);
    const Status read = source.read_at(offset, std::span(piece.bytes).last(size));
    if (!read) {
        piece.bytes.resize(before);
        return read;
    }
    piece.pictures += samples.size();
    return {};
}

PlaybackReader::PlaybackReader(std::string root, store::SegmentIndex& index)
    : root_(std::move(root)), index_(index) {}

void PlaybackReader::assemble(Assembly& assembly, const std::vector<store::Segment>& rows) {
    MediaPiece& piece = assembly.piece;
    for (const store::Segment& row : rows) {
        if (assembly.is_done) {
            break;
        }
        const auto content = cache_.get(root_, row);
        const auto source = FileSource::open(root_ + "/" + row.path);
        if (!content || !source) {
            const Error& error = content ? source.error() : content.error();
            piece.skipped.push_back(row.path + ": " + error.describe());
            continue;
        }
        const auto& marks = (*content)->marks;
        if (marks.empty() || (!assembly.first && marks.back().end <= assembly.query.from)) {
            continue;
        }
        if (const Status added = assembly.add_segment(*content, *source); !added) {
            piece.skipped.push_back(row.path + ": " + added.error().describe());
        }
    }
}

Result<MediaPiece> PlaybackReader::open_fragments(const MediaQuery& query) {
    if (query.to <= query.from) {
        return fail(ErrorKind::InvalidArgument, "the span ends before it begins");
    }
    BONGSU_ASSIGN(
        const auto rows, rows_between(index_, query.camera, query.role, query.from, query.to)
    );
    Assembly assembly{.query = query, .piece = {}, .first = nullptr};
    assemble(assembly, rows);
    if (!assembly.first) {
        return nothing_found(query, assembly.piece);
    }
    MediaPiece& piece = assembly.piece;
    if (!assembly.is_done) {
        const bool is_reached = piece.end >= query.to;
        piece.why = is_reached ? PieceEnd::Span : PieceEnd::Recorded;
        piece.next = is_reached ? std::optional{piece.end} : std::nullopt;
    }
    return std::move(piece);
}

Result<std::vector<RecordedSpan>> PlaybackReader::spans(
    const CameraId& camera, StreamRole role, WallTime from, WallTime to
) {
    BONGSU_ASSIGN(const auto rows, rows_between(index_, camera, role, from, to));
    std::vector<RecordedSpan> spans;
    for (const store::Segment& row : rows) {
        WallTime end = row.end;
        if (row.state == store::SegmentState::Open) {
            const auto content = cache_.get(root_, row);
            if (!content || (*content)->marks.empty()) {
                continue;
            }
            end = (*content)->marks.back().end;
        }
        if (end <= from) {
            continue;
        }
        if (spans.empty() || row.start - spans.back().to > kGap) {
            spans.push_back({.from = std::max(from, row.start), .to = from});
        }
        spans.back().to = std::max(spans.back().to, std::min(to, end));
        spans.back().is_growing = row.state == store::SegmentState::Open;
        spans.back().is_estimated = spans.back().is_estimated || row.is_wall_estimated;
    }
    return spans;
}

}  // namespace bongsu::recording
