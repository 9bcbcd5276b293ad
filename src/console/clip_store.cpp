#include "console/clip_store.hpp"

#include "recording/read_span.hpp"
#include "recording/sha256.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace bongsu::console {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostClips = 32;
constexpr Duration kGrowing = std::chrono::seconds{10};  // the end of a growing clip, in steps
constexpr Duration kLongest = std::chrono::minutes{30};  // of an incident that goes on and on

std::string number(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

/// A clip with other areas is another clip.
std::string name_of(const std::vector<Polygon>& black) {
    if (black.empty()) {
        return "";
    }
    std::string corners;
    for (const Polygon& area : black) {
        for (const Point& corner : area) {
            corners += std::to_string(corner.x) + "," + std::to_string(corner.y) + " ";
        }
        corners += ";";
    }
    recording::Sha256 hash;
    return "-" + recording::to_hex(hash.add(corners).finish());
}

}  // namespace

ClipStore::ClipStore(
    fs::path folder, std::string recordings, store::SegmentIndex& index, const Clock& clock
)
    : folder_(std::move(folder)), recordings_(std::move(recordings)), index_(index), clock_(clock) {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Result<fs::path> ClipStore::clip_of(const Incident& incident, const std::vector<Polygon>& black) {
    const std::scoped_lock lock(mutex_);
    const WallTime now = clock_.wall();
    WallTime to = std::min(incident.clip_to, incident.clip_from + kLongest);
    if (to > now) {
        to = WallTime{now.time_since_epoch() / kGrowing * kGrowing};
    }
    if (to <= incident.clip_from) {
        return fail(
            ErrorKind::NotFound,
            "not_recorded"_code,
            "nothing of incident '" + incident.id.value() + "' is recorded yet"
        );
    }
    const fs::path path = folder_ / (incident.id.value() + "-" + number(incident.clip_from) + "-" +
                                     number(to) + name_of(black) + ".mp4");
    std::error_code error;
    if (fs::exists(path, error)) {
        return path;
    }
    fs::create_directories(folder_, error);
    forget_oldest();
    BONGSU_TRY(recording::read_span(
        recordings_,
        index_,
        {.camera = incident.camera,
         .from = incident.clip_from,
         .to = to,
         .output = path.string(),
         .black = black}
    ));
    return path;
}

void ClipStore::forget_oldest() {
    std::error_code error;
    std::vector<fs::directory_entry> clips;
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
        clips.push_back(entry);
    }
    if (clips.size() < kMostClips) {
        return;
    }
    std::ranges::sort(clips, {}, [](const fs::directory_entry& entry) {
        std::error_code ignored;
        return entry.last_write_time(ignored);
    });
    for (std::size_t i = 0; i + kMostClips <= clips.size(); ++i) {
        fs::remove(clips[i].path(), error);
    }
}

}  // namespace bongsu::console
