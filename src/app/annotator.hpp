#pragma once

#include "annotation/overlay.hpp"
#include "annotation/video_writer.hpp"
#include "core/clock.hpp"
#include "domain/camera.hpp"
#include "domain/frame.hpp"
#include "domain/scene.hpp"
#include "incidents/incident_update.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace bongsu::app {

/// Writes what the analysis saw so that a person can judge it: one video per camera with zones,
/// tracks and incidents drawn in, in real time however irregularly the camera was looked at, and
/// one picture per incident. Thread-safe; works on the calling thread.
class Annotator {
public:
    /// `snapshots` is where the station keeps pictures of incidents.
    Annotator(std::filesystem::path folder, std::filesystem::path snapshots)
        : folder_(std::move(folder)), snapshots_(std::move(snapshots)) {}

    void on_scene(const Scene& scene, const CameraConfig& camera);
    void on_incident(const incidents::IncidentUpdate& update);

    /// Ends all videos; the first error, if any.
    Status finish();

private:
    struct Reel {
        std::mutex mutex;
        std::unique_ptr<annotation::VideoWriter> writer;
        std::optional<WallTime> shown_until;
        std::map<IncidentId, annotation::Highlight> highlights;
        std::map<IncidentId, WallTime> highlight_ends;
        Status status;
    };

    Reel& reel_of(const CameraId& camera);
    void write(Reel& reel, const Scene& scene, const CameraConfig& camera);

    std::filesystem::path folder_;
    std::filesystem::path snapshots_;
    std::mutex mutex_;
    std::map<CameraId, std::unique_ptr<Reel>> reels_;
};

}  // namespace bongsu::app
