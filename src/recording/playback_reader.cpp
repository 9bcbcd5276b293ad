#include "recording/playback_reader.hpp"

#include "media/mp4/codec_string.hpp"
#include "media/mp4/fragment_writer.hpp"
#include "recording/disk.hpp"
#include "recording/fragment_painter.hpp"
#include "recording/fragment_times.hpp"
#include "recording/segment_rows.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace bongsu::recording {
namespace {

constexpr Duration kGap = std::chrono::seconds{2};
constexpr int kPaintedWidth = 1'280;
constexpr std::size_t kMostPainted = 60;  // pictures of one piece: the first one must come soon
constexpr int kPainters = 2;
constexpr Duration kPainterWait = std::chrono::seconds{5};

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

/// The parameters of all segments of a piece are the same; `first` keeps its own alive.
StoredFragment stored(
    const SegmentCache::Content& first,
    const SegmentContent& content,
    Bytes data,
    std::size_t number,
    std::int64_t start
) {
    return {
        .parameters = {first, &first->file.parameters},
        .samples = content.file.fragments[number].fragment.samples,
        .data = data,
        .start = start,
    };
}

std::unexpected<Error> nothing_found(const MediaQuery& query, const MediaPiece& piece) {
    const std::string span = "camera '" + query.camera.value() + "' between " +
                             to_iso8601(query.from) + " and " + to_iso8601(query.to);
    if (piece.skipped.empty()) {
        return fail(ErrorKind::NotFound, "not_recorded"_code, "nothing was recorded of " + span);
    }
    return fail(
        ErrorKind::Corrupt,
        "recording_damaged"_code,
        "no segment of " + span +
            " can be read; run `bongsu check`. The first: " + piece.skipped.front()
    );
}

/// The right to decode and encode a piece, given back at the end.
class PainterPlace {
public:
    static Result<PainterPlace> take(std::counting_semaphore<>& painters) {
        if (!painters.try_acquire_for(kPainterWait)) {
            return fail(
                ErrorKind::Timeout,
                "too_many"_code,
                "too many pictures are being made for viewers; try again"
            );
        }
        return PainterPlace(painters);
    }

    PainterPlace(PainterPlace&& other) noexcept
        : painters_(std::exchange(other.painters_, nullptr)) {}

    ~PainterPlace() {
        if (painters_ != nullptr) {
            painters_->release();
        }
    }

    PainterPlace& operator=(PainterPlace&&) = delete;

private:
    explicit PainterPlace(std::counting_semaphore<>& painters) : painters_(&painters) {}

    std::counting_semaphore<>* painters_;
};

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
    std::counting_semaphore<>& painters;
    std::optional<PainterPlace> place;       ///< while the piece is made anew
    std::optional<FragmentPainter> painter;  ///< the same
    std::uint32_t sequence = 0;
    bool is_done = false;

    bool ends_before(const SegmentContent& content, const FragmentMark& mark);
    void end(PieceEnd why, WallTime next);
    Status begin(SegmentCache::Content content);
    Status begin_once(const SegmentCache::Content& content, const FragmentMark& mark);
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
    Result<std::size_t> append_head(
        std::int64_t decode_time, std::span<const media::mp4::Sample> samples
    );
    Status begin_painting();
    Status learn_before(
        const SegmentContent& content, const FileSource& source, std::size_t number
    );
    Status add_painted(
        const SegmentContent& content,
        const FileSource& source,
        std::size_t number,
        std::int64_t start,
        std::optional<std::uint32_t> key_duration
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
    } else if (piece.bytes.size() >= query.max_bytes ||
               (painter && piece.pictures >= kMostPainted)) {
        end(PieceEnd::Size, mark.start);
    }
    return is_done;
}

Status PlaybackReader::Assembly::begin(SegmentCache::Content content) {
    const CodecParameters& parameters = content->file.parameters;
    if (!query.black.empty() || (!query.can_hevc && parameters.codec == Codec::H265)) {
        first = std::move(content);
        return begin_painting();
    }
    BONGSU_ASSIGN(piece.bytes, media::mp4::init_segment(parameters));
    BONGSU_ASSIGN(piece.mime, media::mp4::mime_type(parameters));
    piece.width = parameters.width;
    piece.height = parameters.height;
    first = std::move(content);
    return {};
}

/// The first fragment gives the piece its parameters and its begin.
Status PlaybackReader::Assembly::begin_once(
    const SegmentCache::Content& content, const FragmentMark& mark
) {
    if (!first) {
        piece.from = mark.start;
        return begin(content);
    }
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
        BONGSU_TRY(begin_once(content, mark));
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
    BONGSU_TRY(
        painter ? add_painted(content, source, number, times[number], std::nullopt)
                : append(times[number], samples, source, scanned.data)
    );
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
    const auto duration =
        static_cast<std::uint32_t>(std::max<std::int64_t>(1, until - times[number]));
    piece.end = from_wall_ticks(until);
    if (painter) {
        return add_painted(content, source, number, times[number], duration);
    }
    const media::mp4::Sample& key = fragments[number].fragment.samples.front();
    const std::array samples{
        media::mp4::Sample{.size = key.size, .duration = duration, .is_key = true}
    };
    return append(times[number], samples, source, fragments[number].data);
}

Status PlaybackReader::Assembly::begin_painting() {
    BONGSU_ASSIGN(PainterPlace taken, PainterPlace::take(painters));
    place.emplace(std::move(taken));
    painter.emplace(media::Repaint{.black = query.black, .max_width = kPaintedWidth});
    piece.is_repainted = true;
    return {};
}

/// A continuation may begin between two key pictures.
Status PlaybackReader::Assembly::learn_before(
    const SegmentContent& content, const FileSource& source, std::size_t number
) {
    std::size_t key = number;
    while (key > 0 && !content.marks[key].is_key) {
        --key;
    }
    for (; key < number; ++key) {
        BONGSU_ASSIGN(const auto data, read_pictures(source, content.file.fragments[key]));
        painter->learn(stored(first, content, data, key, 0));
    }
    return {};
}

Status PlaybackReader::Assembly::add_painted(
    const SegmentContent& content,
    const FileSource& source,
    std::size_t number,
    std::int64_t start,
    std::optional<std::uint32_t> key_duration
) {
    if (!painter->parameters()) {
        BONGSU_TRY(learn_before(content, source, number));
    }
    BONGSU_ASSIGN(const auto data, read_pictures(source, content.file.fragments[number]));
    const StoredFragment fragment = stored(first, content, data, number, start);
    BONGSU_ASSIGN(
        const PaintedFragment painted,
        key_duration ? painter->paint_key(fragment, *key_duration) : painter->paint(fragment)
    );
    if (painted.samples.empty()) {
        return {};
    }
    if (piece.bytes.empty()) {
        const CodecParameters& made = *painter->parameters();
        BONGSU_ASSIGN(piece.bytes, media::mp4::init_segment(made));
        BONGSU_ASSIGN(piece.mime, media::mp4::mime_type(made));
        piece.width = made.width;
        piece.height = made.height;
    }
    BONGSU_TRY(append_head(painted.start, painted.samples));
    piece.bytes.insert(piece.bytes.end(), painted.bytes.begin(), painted.bytes.end());
    return {};
}

/// The boxes before the samples; where they begin.
Result<std::size_t> PlaybackReader::Assembly::append_head(
    std::int64_t decode_time, std::span<const media::mp4::Sample> samples
) {
    const std::size_t before = piece.bytes.size();
    BONGSU_ASSIGN(
        const auto head,
        media::mp4::fragment_head({
            .sequence = ++sequence,
            .decode_time = static_cast<std::uint64_t>(decode_time),
            .samples = samples,
        })
    );
    piece.bytes.insert(piece.bytes.end(), head.begin(), head.end());
    piece.pictures += samples.size();
    return before;
}

Status PlaybackReader::Assembly::append(
    std::int64_t decode_time,
    std::span<const media::mp4::Sample> samples,
    const FileSource& source,
    std::uint64_t offset
) {
    const std::uint64_t size = media::mp4::data_size(samples);
    BONGSU_TRY(check_fragment_size(size));
    BONGSU_ASSIGN(const std::size_t before, append_head(decode_time, samples));
    piece.bytes.resize(piece.bytes.size() + size);
    const Status read = source.read_at(offset, std::span(piece.bytes).last(size));
    if (!read) {
        piece.bytes.resize(before);
        piece.pictures -= samples.size();
    }
    return read;
}

PlaybackReader::PlaybackReader(std::string root, store::SegmentIndex& index)
    : root_(std::move(root)), index_(index), painters_(kPainters) {}

Status PlaybackReader::assemble(Assembly& assembly, const std::vector<store::Segment>& rows) {
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
        const Status added = assembly.add_segment(*content, *source);
        if (!added && added.error().kind == ErrorKind::Timeout) {
            return added;  // busy, not damaged
        }
        if (!added) {
            piece.skipped.push_back(row.path + ": " + added.error().describe());
        }
    }
    return {};
}

Result<MediaPiece> PlaybackReader::open_fragments(const MediaQuery& query) {
    if (query.to <= query.from) {
        return fail(ErrorKind::InvalidArgument, "the span ends before it begins");
    }
    BONGSU_ASSIGN(
        const auto rows, rows_between(index_, query.camera, query.role, query.from, query.to)
    );
    Assembly assembly{
        .query = query,
        .piece = {},
        .first = nullptr,
        .painters = painters_,
        .place = {},
        .painter = {},
    };
    BONGSU_TRY(assemble(assembly, rows));
    if (!assembly.first || assembly.piece.bytes.empty()) {
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
