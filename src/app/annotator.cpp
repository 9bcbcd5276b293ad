#include "app/annotator.hpp"

#include "core/log.hpp"
#include "incidents/snapshot_writer.hpp"

#include <algorithm>
#include <string>
#include <system_error>

namespace bongsu::app {
namespace {

constexpr double kFramesPerSecond = 5;
constexpr Duration kFrameTime = std::chrono::milliseconds{200};
// A picture stands still for at most this long; a longer gap is a camera that was away.
constexpr Duration kLongestStill = std::chrono::seconds{10};
constexpr Duration kHighlightAfterEnd = std::chrono::seconds{2};

std::string caption_of(const Scene& scene) {
    return scene.camera.value() + "  " + to_iso8601(scene.time) + "  " +
           std::string(to_string(scene.level)) + (scene.has_detections ? " looked" : "");
}

}  // namespace

Annotator::Reel& Annotator::reel_of(const CameraId& camera) {
    const std::scoped_lock lock(mutex_);
    auto& reel = reels_[camera];
    if (!reel) {
        reel = std::make_unique<Reel>();
    }
    return *reel;
}

void Annotator::on_scene(const Scene& scene, const CameraConfig& camera) {
    if (scene.frame == nullptr) {
        return;
    }
    Reel& reel = reel_of(scene.camera);
    const std::scoped_lock lock(reel.mutex);
    if (!reel.status) {
        return;
    }
    if (!reel.writer) {
        auto writer = annotation::VideoWriter::create(
            folder_ / (scene.camera.value() + ".mp4"),
            scene.frame->width,
            scene.frame->height,
            kFramesPerSecond
        );
        if (!writer) {
            reel.status = fail(writer.error());
            log::error("annotate.failed", {{"why", writer.error().describe()}});
            return;
        }
        reel.writer = std::move(*writer);
    }
    write(reel, scene, camera);
}

void Annotator::write(Reel& reel, const Scene& scene, const CameraConfig& camera) {
    annotation::Overlay overlay{
        .zones = camera.zones,
        .tracks = scene.tracks,
        .highlights = {},
        .caption = caption_of(scene)
    };
    for (auto it = reel.highlights.begin(); it != reel.highlights.end();) {
        const auto ends = reel.highlight_ends.find(it->first);
        if (ends != reel.highlight_ends.end() && ends->second < scene.time) {
            reel.highlight_ends.erase(ends);
            it = reel.highlights.erase(it);
            continue;
        }
        overlay.highlights.push_back(it->second);
        ++it;
    }
    if (!reel.shown_until || scene.time - *reel.shown_until > kLongestStill) {
        reel.shown_until = scene.time;
    }
    // The picture stands until the next one comes, so the video keeps the pace of real time.
    for (; *reel.shown_until <= scene.time; *reel.shown_until += kFrameTime) {
        reel.status = reel.writer->write(*scene.frame, overlay);
        if (!reel.status) {
            log::error("annotate.failed", {{"why", reel.status.error().describe()}});
            return;
        }
    }
}

void Annotator::on_incident(const incidents::IncidentUpdate& update) {
    using incidents::IncidentChange;
    const Incident& incident = update.incident;
    const auto has = [&](IncidentChange change) {
        return std::ranges::find(update.changes, change) != update.changes.end();
    };
    Reel& reel = reel_of(incident.camera);
    {
        const std::scoped_lock lock(reel.mutex);
        const BehaviourEvent& latest = incident.events.back();
        reel.highlights[incident.id] = {
            latest.box, incident.gravity, incident.kind + " " + latest.zone.value()
        };
        if (has(IncidentChange::Ended)) {
            reel.highlight_ends[incident.id] = latest.time + kHighlightAfterEnd;
        }
    }
    if (has(IncidentChange::Opened) && !incident.snapshot.empty()) {
        const std::string marked = incidents::SnapshotWriter::marked_name(incident.snapshot);
        std::error_code error;
        std::filesystem::copy_file(
            snapshots_ / marked,
            folder_ / std::filesystem::path(marked).filename(),
            std::filesystem::copy_options::overwrite_existing,
            error
        );
        if (error) {
            log::warn("annotate.picture", {{"picture", marked}, {"why", error.message()}});
        }
    }
}

Status Annotator::finish() {
    const std::scoped_lock lock(mutex_);
    Status first;
    for (auto& [camera, reel] : reels_) {
        const std::scoped_lock reel_lock(reel->mutex);
        if (reel->writer && reel->status) {
            reel->status = reel->writer->finish();
        }
        if (first && !reel->status) {
            first = reel->status;
        }
    }
    return first;
}

}  // namespace bongsu::app
