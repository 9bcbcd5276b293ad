#include "scenelog/scene_reader.hpp"

#include "scenelog/block.hpp"
#include "scenelog/hour_files.hpp"
#include "scenelog/track_memory.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace bongsu::scenelog {
namespace {

/// So far back histories may reach: 256 points at five pictures a second, and some more.
constexpr Duration kHistoryReach = std::chrono::seconds{60};
/// A file of one camera and hour that is larger than this was not written by us.
constexpr std::uintmax_t kMostFileBytes = 512U * 1024U * 1024U;
constexpr Hour kMostHours = Hour{24} * 366;

Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        if (error == std::errc::no_such_file_or_directory) {
            return std::vector<std::uint8_t>{};
        }
        return fail(
            ErrorKind::Unavailable, "cannot read " + path.string() + ": " + error.message()
        );
    }
    if (size > kMostFileBytes) {
        return fail(ErrorKind::Corrupt, path.string() + " is larger than any scene log");
    }
    std::vector<std::uint8_t> bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (file.bad() || !file.is_open()) {
        return fail(ErrorKind::Unavailable, "cannot read " + path.string());
    }
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

/// Goes through the files of a span.
class Reading {
public:
    Reading(const CameraId& camera, TimeSpan span, bool busy_only, const SceneVisitor& visit)
        : camera_(camera), span_(span), busy_only_(busy_only), visit_(visit) {}

    /// One file; false when the visitor has had enough.
    bool read(Bytes file) {
        std::size_t at = 0;
        bool goes_on = true;
        while (goes_on && at < file.size()) {
            const Bytes rest = file.subspan(at);
            const auto head = read_block_head(rest);
            const std::size_t size = head ? kBlockHeadBytes + head->bytes : 0;
            if (!head || size > rest.size() ||
                !is_intact(
                    rest.first(kBlockHeadBytes), rest.subspan(kBlockHeadBytes, head->bytes)
                )) {
                ++summary_.damaged;
                at = next_block(file, at + 1);
                continue;
            }
            goes_on = read_block(*head, rest.subspan(kBlockHeadBytes, head->bytes));
            at += size;
        }
        return goes_on;
    }

    const ReadSummary& summary() const { return summary_; }

private:
    static std::size_t next_block(Bytes file, std::size_t from) {
        constexpr std::string_view kMagic = "BSCN";
        const auto found = std::search(
            file.begin() + static_cast<std::ptrdiff_t>(std::min(from, file.size())),
            file.end(),
            kMagic.begin(),
            kMagic.end()
        );
        return static_cast<std::size_t>(found - file.begin());
    }

    bool read_block(const BlockHead& head, Bytes scenes) {
        const bool is_outside = head.last < span_.from - kHistoryReach || head.first >= span_.to;
        if (is_outside || (busy_only_ && head.most_tracks == 0)) {
            return true;
        }
        BlockReader reader(head, scenes);
        while (true) {
            const auto scene = reader.next();
            if (!scene) {
                ++summary_.damaged;
                return true;
            }
            if (*scene == nullptr) {
                return true;
            }
            if (!show(**scene)) {
                return false;
            }
        }
    }

    bool show(const StoredScene& stored) {
        const auto tracks = memory_.follow(stored);
        if (!span_.holds(stored.time) || (busy_only_ && tracks.empty())) {
            return true;
        }
        ++summary_.scenes;
        summary_.first = summary_.first.value_or(stored.time);
        summary_.last = stored.time;
        return visit_({
            .camera = camera_,
            .time = stored.time,
            .time_uncertainty = stored.time_uncertainty,
            .width = stored.width,
            .height = stored.height,
            .signal = stored.signal,
            .level = stored.level,
            .has_detections = stored.has_detections,
            .tracks = tracks,
            .quality = stored.quality,
            .frame = nullptr,
        });
    }

    const CameraId& camera_;
    TimeSpan span_;
    bool busy_only_;
    const SceneVisitor& visit_;
    TrackMemory memory_;
    ReadSummary summary_;
};

Result<ReadSummary> read_span(
    const std::filesystem::path& root, Reading reading, const CameraId& camera, TimeSpan span
) {
    if (span.to < span.from) {
        return fail(
            ErrorKind::InvalidArgument,
            "span_wrong"_code,
            "the span of scenes ends before it begins"
        );
    }
    const Hour first = hour_of(span.from - kHistoryReach);
    const Hour last = hour_of(span.to);
    if (last - first > kMostHours) {
        return fail(
            ErrorKind::InvalidArgument,
            "span_wrong"_code,
            "the span of scenes is longer than a year"
        );
    }
    for (Hour hour = first; hour <= last; ++hour) {
        BONGSU_ASSIGN(const std::filesystem::path path, scene_file(root, hour, camera));
        BONGSU_ASSIGN(const std::vector<std::uint8_t> file, read_file(path));
        if (!reading.read(file)) {
            break;
        }
    }
    return reading.summary();
}

}  // namespace

Result<ReadSummary> SceneReader::read(
    const CameraId& camera, TimeSpan span, const SceneVisitor& visit
) const {
    return read_span(root_, Reading(camera, span, false, visit), camera, span);
}

Result<ReadSummary> SceneReader::read_busy(
    const CameraId& camera, TimeSpan span, const SceneVisitor& visit
) const {
    return read_span(root_, Reading(camera, span, true, visit), camera, span);
}

}  // namespace bongsu::scenelog
