#include "scenelog/testing/walkers.hpp"

#include <chrono>
#include <utility>

namespace bongsu::scenelog::testing {
namespace {

constexpr Duration kStep = std::chrono::milliseconds{200};
constexpr std::size_t kHistory = 256;
constexpr float kWidth = 1920;

}  // namespace

Walkers::Walkers(CameraId camera, WallTime start, int people)
    : camera_(std::move(camera)), time_(start - kStep), tracks_(static_cast<std::size_t>(people)) {
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        tracks_[i].id = TrackId{0};
        tracks_[i].box = {
            kWidth * static_cast<float>(i) / static_cast<float>(people), 400, 60, 160
        };
    }
}

Scene Walkers::next() {
    time_ += kStep;
    for (Track& track : tracks_) {
        if (track.id.value() == 0 || track.box.x > kWidth) {
            const float x = track.id.value() == 0 ? track.box.x : 0;
            track = Track{};
            track.id = TrackId{++last_id_};
            track.box = {x, 400 + 30 * noise(), 60, 160};
            track.first_seen = time_;
        }
        const bool is_seen = noise() < 0.8F;
        track.state = track.history.empty() ? TrackState::Tentative
                      : is_seen             ? TrackState::Confirmed
                                            : TrackState::Lost;
        track.box.x += 9 + noise();
        track.box.y += 0.3F * noise();
        track.box.w += 0.2F * noise();
        track.box.h += 0.2F * noise();
        if (is_seen) {
            track.score = 0.8F + 0.1F * noise();
            track.last_seen = time_;
        }
        if (track.history.size() >= kHistory) {
            track.history.erase(track.history.begin());
        }
        track.history.push_back({time_, track.box, is_seen});
    }
    Scene scene;
    scene.camera = camera_;
    scene.time = time_;
    scene.width = static_cast<int>(kWidth);
    scene.height = 1080;
    scene.level = TriageLevel::T3;
    scene.has_detections = true;
    scene.tracks = tracks_;
    scene.quality =
        ViewQuality{.mean_luma = 100 + noise(), .contrast = 40 + noise(), .sharpness = 9 + noise()};
    return scene;
}

float Walkers::noise() {
    random_ = random_ * 1'664'525U + 1'013'904'223U;  // Numerical Recipes' generator
    return static_cast<float>(random_ >> 8U) / static_cast<float>(1U << 23U) - 1;
}

}  // namespace bongsu::scenelog::testing
