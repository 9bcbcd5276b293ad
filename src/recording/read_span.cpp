#include "recording/read_span.hpp"

#include "media/mp4/plain_writer.hpp"
#include "recording/disk.hpp"
#include "recording/fragment_painter.hpp"
#include "recording/segment_reader.hpp"
#include "recording/segment_rows.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <optional>
#include <span>

#include <fcntl.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr std::size_t kMostPictures = 10'000'000;  // 92 hours at 30 pictures per second
constexpr std::size_t kBlock = 1U << 20U;
constexpr Duration kGap = std::chrono::seconds{2};
constexpr int kQuantiser = 22;  // of painted files: they are looked at closely

/// Not held open: a long span has more segments than a process may open files.
struct SpanSegment {
    std::string file;
    SegmentContent content;
};

/// One fragment that goes into the span.
struct Part {
    const SpanSegment* segment = nullptr;
    std::size_t number = 0;
    std::optional<std::vector<media::mp4::Sample>> painted;  ///< in place of the stored ones

    const std::vector<media::mp4::Sample>& samples() const {
        return painted ? *painted : scanned().fragment.samples;
    }

    const FragmentMark& mark() const { return segment->content.marks[number]; }

    const media::mp4::ScannedFragment& scanned() const {
        return segment->content.file.fragments[number];
    }

    /// Decode time on the camera's own 90 kHz clock.
    std::int64_t media_time() const {
        return segment->content.header.media_start +
               static_cast<std::int64_t>(scanned().fragment.decode_time);
    }
};

std::int64_t to_ticks(Duration duration) {
    return duration.count() * 9 / 100;
}

Result<SegmentContent> read_content(const std::string& file) {
    BONGSU_ASSIGN(const FileSource source, FileSource::open(file));
    return read_segment(source);
}

/// The segments that touch the span; those that cannot be read go to `skipped`.
Result<std::vector<SpanSegment>> read_segments(
    const std::string& root,
    store::SegmentIndex& index,
    const SpanQuery& query,
    std::vector<std::string>& skipped
) {
    BONGSU_ASSIGN(
        const auto rows, rows_between(index, query.camera, query.role, query.from, query.to)
    );
    std::vector<SpanSegment> segments;
    for (const store::Segment& row : rows) {
        const std::string file = root + "/" + row.path;
        auto content = read_content(file);
        if (!content) {
            skipped.push_back(row.path + ": " + content.error().describe());
        } else if (!content->marks.empty() && content->marks.back().end > query.from) {
            segments.push_back({.file = file, .content = *std::move(content)});
        }
    }
    return segments;
}

/// From the last key frame at or before `from` (or the first one after it) up to `to`.
std::vector<Part> choose_parts(const std::vector<SpanSegment>& segments, const SpanQuery& query) {
    std::vector<Part> parts;
    for (const SpanSegment& segment : segments) {
        for (std::size_t i = 0; i < segment.content.marks.size(); ++i) {
            const FragmentMark& mark = segment.content.marks[i];
            if (mark.is_key && mark.start <= query.from) {
                parts.clear();
            }
            if (mark.start < query.to && (mark.is_key || !parts.empty())) {
                parts.push_back({.segment = &segment, .number = i, .painted = {}});
            }
        }
    }
    return parts;
}

bool is_same(const CodecParameters& a, const CodecParameters& b) {
    return a.codec == b.codec && a.width == b.width && a.height == b.height &&
           a.decoder_config == b.decoder_config;
}

std::string describe(const CodecParameters& parameters) {
    return std::string(to_string(parameters.codec)) + " " + std::to_string(parameters.width) + "x" +
           std::to_string(parameters.height);
}

Status check_parameters(const std::vector<Part>& parts, const SpanQuery& query) {
    std::string changes;
    const SpanSegment* before = parts.front().segment;
    for (const Part& part : parts) {
        if (part.segment == before) {
            continue;
        }
        const CodecParameters& was = before->content.file.parameters;
        const CodecParameters& is = part.segment->content.file.parameters;
        before = part.segment;
        if (!is_same(was, is)) {
            changes += (changes.empty() ? "" : "; ") + to_iso8601(part.mark().start) + " (" +
                       describe(was) + " to " + describe(is) + ")";
        }
    }
    if (changes.empty()) {
        return {};
    }
    return fail(
        ErrorKind::FailedPrecondition,
        "camera '" + query.camera.value() +
            "' changed its video parameters within the span: ask for the parts " +
            "before and after each of these times separately: " + changes
    );
}

/// The sample table of the new file, and the pauses in it.
struct Timeline {
    std::vector<media::mp4::Sample> samples;
    std::vector<SpanGap> gaps;
};

/// How long the last picture of `part` lasts until `next` begins: by the camera's own clock within
/// one run, by the wall clock over a break.
std::int64_t ticks_between(const Part& part, const Part& next) {
    const std::int64_t by_media = next.media_time() - part.media_time();
    const Duration by_wall = next.mark().start - part.mark().start;
    const std::int64_t difference = by_media - to_ticks(by_wall);
    return std::abs(difference) <= to_ticks(kGap) ? by_media : to_ticks(by_wall);
}

Result<Timeline> make_timeline(const std::vector<Part>& parts) {
    Timeline timeline;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const media::mp4::Fragment& fragment = parts[i].scanned().fragment;
        const auto& samples = parts[i].samples();
        timeline.samples.insert(timeline.samples.end(), samples.begin(), samples.end());
        if (timeline.samples.size() > kMostPictures) {
            return fail(
                ErrorKind::ResourceExhausted,
                "the span holds too many pictures; ask for shorter spans"
            );
        }
        if (i + 1 == parts.size()) {
            break;
        }
        const auto own = static_cast<std::int64_t>(fragment.duration());
        const std::int64_t last = timeline.samples.back().duration;
        const std::int64_t stretched = last + ticks_between(parts[i], parts[i + 1]) - own;
        timeline.samples.back().duration =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(stretched, 1, UINT32_MAX));
        if (parts[i + 1].mark().start - parts[i].mark().end > kGap) {
            timeline.gaps.push_back({.from = parts[i].mark().end, .to = parts[i + 1].mark().start});
        }
    }
    return timeline;
}

Status copy_range(
    const Fd& into,
    const FileSource& source,
    std::uint64_t from,
    std::uint64_t to,
    const std::string& path
) {
    std::vector<std::uint8_t> block(std::min<std::uint64_t>(kBlock, to - from));
    while (from < to) {
        const std::span<std::uint8_t> chunk(
            block.data(), std::min<std::uint64_t>(block.size(), to - from)
        );
        BONGSU_TRY(source.read_at(from, chunk));
        const std::array pieces{Bytes(chunk)};
        BONGSU_TRY(write_all(into, pieces, path));
        from += chunk.size();
    }
    return {};
}

Status copy_parts(const Fd& file, const std::vector<Part>& parts, const std::string& path) {
    const SpanSegment* current = nullptr;
    std::optional<FileSource> source;
    for (const Part& part : parts) {
        if (!source || part.segment != current) {
            current = part.segment;
            BONGSU_ASSIGN(auto opened, FileSource::open(current->file));
            source.emplace(std::move(opened));
        }
        BONGSU_TRY(copy_range(file, *source, part.scanned().data, part.scanned().media_end, path));
    }
    return {};
}

/// What goes into the file behind its head.
using WriteData = std::function<Status(const Fd& file, const std::string& path)>;

Status write_file(
    const media::mp4::PlainHead& head, const WriteData& write_data, const std::string& path
) {
    BONGSU_ASSIGN(const Fd file, open_file(path, O_WRONLY | O_CREAT | O_TRUNC));
    const std::vector<Bytes> pieces{Bytes(head.bytes)};
    BONGSU_TRY(write_all(file, pieces, path));
    BONGSU_TRY(write_data(file, path));
    if (::fsync(file.get()) != 0) {
        return fail(disk_error("sync", path, errno));
    }
    return {};
}

Status write_whole(
    const media::mp4::PlainHead& head, const WriteData& write_data, const std::string& output
) {
    const std::string partial = output + ".part";
    Status outcome = write_file(head, write_data, partial);
    if (outcome && ::rename(partial.c_str(), output.c_str()) != 0) {
        outcome = fail(disk_error("rename", partial, errno));
    }
    if (!outcome) {
        ::unlink(partial.c_str());
    }
    return outcome;
}

/// The painted pictures on their way into the file, whose head must be written first. Deleted at
/// the end.
class PaintedData {
public:
    explicit PaintedData(const SpanQuery& query)
        : path_(query.output + ".painted"),
          painter_({.black = query.black, .quantiser = kQuantiser}) {}

    ~PaintedData() { ::unlink(path_.c_str()); }

    PaintedData(const PaintedData&) = delete;
    PaintedData& operator=(const PaintedData&) = delete;

    /// Gives each part its painted samples; parts without any picture go.
    Status paint(std::vector<Part>& parts) {
        BONGSU_ASSIGN(const Fd file, open_file(path_, O_WRONLY | O_CREAT | O_TRUNC));
        const std::shared_ptr<const CodecParameters> parameters(
            std::shared_ptr<void>{}, &parts.front().segment->content.file.parameters
        );
        for (Part& part : parts) {
            BONGSU_TRY(paint(part, parameters, file));
        }
        std::erase_if(parts, [](const Part& part) { return part.samples().empty(); });
        return parts.empty() ? fail(ErrorKind::Corrupt, "no picture of the span can be decoded")
                             : Status{};
    }

    const CodecParameters& parameters() const { return *painter_.parameters(); }

    Status copy(const Fd& into, const std::string& into_path) const {
        BONGSU_ASSIGN(const FileSource source, FileSource::open(path_));
        return copy_range(into, source, 0, source.size(), into_path);
    }

private:
    Status paint(
        Part& part, const std::shared_ptr<const CodecParameters>& parameters, const Fd& file
    ) {
        if (part.segment != current_) {
            BONGSU_ASSIGN(auto opened, FileSource::open(part.segment->file));
            source_.emplace(std::move(opened));
            current_ = part.segment;
        }
        BONGSU_ASSIGN(const auto data, read_pictures(*source_, part.scanned()));
        BONGSU_ASSIGN(
            PaintedFragment painted,
            painter_.paint({
                .parameters = parameters,
                .samples = part.scanned().fragment.samples,
                .data = data,
                .start = part.media_time(),
            })
        );
        part.painted = std::move(painted.samples);
        const std::array pieces{Bytes(painted.bytes)};
        return write_all(file, pieces, path_);
    }

    const std::string path_;
    FragmentPainter painter_;
    const SpanSegment* current_ = nullptr;
    std::optional<FileSource> source_;
};

std::unexpected<Error> nothing_found(
    const SpanQuery& query, const std::vector<std::string>& skipped
) {
    const std::string span = "camera '" + query.camera.value() + "' between " +
                             to_iso8601(query.from) + " and " + to_iso8601(query.to);
    if (skipped.empty()) {
        return fail(ErrorKind::NotFound, "not_recorded"_code, "nothing was recorded of " + span);
    }
    return fail(
        ErrorKind::Corrupt,
        "recording_damaged"_code,
        "none of the " + std::to_string(skipped.size()) + " segments of " + span +
            " can be read; run `bongsu check`. The first: " + skipped.front()
    );
}

}  // namespace

Result<SpanOutcome> read_span(
    const std::string& root, store::SegmentIndex& index, const SpanQuery& query
) {
    if (query.to <= query.from) {
        return fail(ErrorKind::InvalidArgument, "the span ends before it begins");
    }
    SpanOutcome outcome;
    BONGSU_ASSIGN(const auto segments, read_segments(root, index, query, outcome.skipped));
    std::vector<Part> parts = choose_parts(segments, query);
    if (parts.empty()) {
        return nothing_found(query, outcome.skipped);
    }
    BONGSU_TRY(check_parameters(parts, query));
    std::optional<PaintedData> painted;
    if (!query.black.empty()) {
        BONGSU_TRY(painted.emplace(query).paint(parts));
    }
    BONGSU_ASSIGN(auto timeline, make_timeline(parts));
    outcome.first_picture = parts.front().mark().start;
    outcome.shown_from = std::max(query.from, outcome.first_picture);
    outcome.end = parts.back().mark().end;
    outcome.lead_in = outcome.shown_from - outcome.first_picture;
    outcome.pictures = timeline.samples.size();
    outcome.gaps = std::move(timeline.gaps);
    BONGSU_ASSIGN(
        const auto head,
        media::mp4::plain_head({
            .parameters =
                painted ? painted->parameters() : parts.front().segment->content.file.parameters,
            .samples = timeline.samples,
            .lead_in = static_cast<std::uint64_t>(to_ticks(outcome.lead_in)),
        })
    );
    outcome.bytes = static_cast<std::int64_t>(head.bytes.size() + head.data_size);
    const WriteData write_data = [&](const Fd& file, const std::string& path) {
        return painted ? painted->copy(file, path) : copy_parts(file, parts, path);
    };
    BONGSU_TRY(write_whole(head, write_data, query.output));
    return outcome;
}

}  // namespace bongsu::recording
