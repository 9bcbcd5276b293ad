#pragma once

#include "behaviours/engine.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/camera.hpp"
#include "pipeline/observers.hpp"
#include "pipeline/picture_second_look.hpp"
#include "pipeline/still_people.hpp"
#include "tracking/tracker.hpp"
#include "vision/detector.hpp"
#include "vision/still_gate.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::pipeline {

/// What every camera's analysis is made of. All references outlive it.
struct AnalysisParts {
    const behaviours::Registry& behaviours;
    Metrics& metrics;
    tracking::TrackerSettings tracker{};
    behaviours::TimeZone time_zone{};
    EventObserver on_event{};                     ///< may be empty
    SceneObserver on_scene{};                     ///< may be empty
    vision::SecondLooks* second_looks = nullptr;  ///< null: rules that need them say nothing
    behaviours::MemoryShelf* memories = nullptr;  ///< null: rules learn anew in every run
};

/// One picture and what is known about it before tracking.
struct Observation {
    WallTime time;
    const Frame* frame = nullptr;  ///< null: no picture (signal lost)
    std::span<const Detection> detections;
    bool has_detections = false;  ///< the detector looked at the picture
    TriageLevel level = TriageLevel::T3;
    SignalState signal = SignalState::Up;
    std::optional<ViewQuality> quality;
    Duration time_uncertainty{};
    std::span<const Box> moving{};  ///< where the gate saw movement
    bool may_look_again = true;     ///< there is time for second looks
    /// Makes the picture of an observation without one, for an event that begins with it; may be
    /// empty or give null.
    std::function<const Frame*()> make_picture{};
};

/// The way from detections to events of one camera: masks, appearance, tracker, behaviours. The
/// same code for live cameras, frame sources and evaluation; what differs is only which pictures
/// come and which were shown to a detector. All times are those of the pictures, so a replay gives
/// the same events. Runs on: the camera's serial queue, or any single thread.
class FrameAnalysis {
public:
    /// Errors: InvalidArgument, naming the rule and the wrong setting.
    static Result<FrameAnalysis> create(const CameraConfig& camera, const AnalysisParts& parts);

    /// Pictures in order of time.
    std::span<const Track> observe(const Observation& observation);

    /// Full analysis of one picture: detector on the whole of it, then observe(). For evaluation
    /// and for sources that deliver few pictures.
    Result<std::span<const Track>> analyse(const Frame& frame, vision::Detector& detector);

    /// Takes changed zones and rules; those that did not change keep their memory. On an error
    /// nothing changes.
    Status replace(const CameraConfig& camera, WallTime now);

    /// Ends all open events.
    void finish(WallTime now);

    const CameraConfig& camera() const { return camera_; }

    std::span<const Track> tracks() const { return tracker_.tracks(); }

    /// Until when the rules want a picture of every analysed instant (SecondLook::keep_looking).
    WallTime keeps_looking_until() const { return second_look_->keeps_looking_until(); }

    /// Whether the latest observation found somebody who has not moved since the first picture.
    bool has_found_still_person() const { return latest_ && still_people_.has_found(*latest_); }

    /// A picture between two observations, for who keeps looking; costs nothing while nobody does.
    void pass(const Frame& frame) { second_look_->pass(frame); }

    /// Time of the latest observation, if any.
    std::optional<WallTime> latest() const { return latest_; }

private:
    FrameAnalysis(
        const CameraConfig& camera, const AnalysisParts& parts, behaviours::BehaviourEngine engine
    );
    /// What of the detections goes to the tracker: not masked, not a fixed thing; with appearance.
    std::vector<Detection> prepare(std::span<const Detection> detections, const Frame& frame);
    void publish(const std::vector<BehaviourEvent>& events, const Frame* frame);

    CameraConfig camera_;
    AnalysisParts parts_;
    tracking::Tracker tracker_;
    vision::StillGate still_gate_;
    StillPeople still_people_;
    behaviours::BehaviourEngine engine_;
    std::unique_ptr<PictureSecondLook> second_look_;
    std::optional<WallTime> latest_;
    int width_ = 0;
    int height_ = 0;
};

}  // namespace bongsu::pipeline
