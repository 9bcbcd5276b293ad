#include "pipeline/frame_analysis.hpp"

#include "vision/appearance.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::pipeline {

Result<FrameAnalysis> FrameAnalysis::create(
    const CameraConfig& camera, const AnalysisParts& parts
) {
    auto engine = behaviours::BehaviourEngine::create(
        camera, parts.behaviours, parts.metrics, parts.time_zone, parts.memories
    );
    if (!engine) {
        return fail(std::move(engine).error());
    }
    return FrameAnalysis(camera, parts, *std::move(engine));
}

FrameAnalysis::FrameAnalysis(
    const CameraConfig& camera, const AnalysisParts& parts, behaviours::BehaviourEngine engine
)
    : camera_(camera),
      parts_(parts),
      tracker_(parts.tracker),
      engine_(std::move(engine)),
      second_look_(std::make_unique<PictureSecondLook>(parts.second_looks)) {}

std::span<const Track> FrameAnalysis::observe(const Observation& observation) {
    second_look_->begin(observation.time, observation.frame, observation.may_look_again);
    std::vector<Detection> detections;
    if (observation.frame != nullptr) {
        if (observation.has_detections) {
            detections = prepare(observation.detections, *observation.frame);
        }
        width_ = observation.frame->width;
        height_ = observation.frame->height;
    }
    const std::span<const Track> tracks =
        tracker_.update(observation.time, detections, observation.has_detections);
    latest_ = observation.time;
    const Scene scene{
        .camera = camera_.id,
        .time = observation.time,
        .time_uncertainty = observation.time_uncertainty,
        .width = width_,
        .height = height_,
        .signal = observation.signal,
        .level = observation.level,
        .has_detections = observation.has_detections,
        .tracks = tracks,
        .quality = observation.quality,
        .frame = observation.frame,
        .moving = observation.moving,
        .second_look = second_look_.get()
    };
    const std::vector<BehaviourEvent> events = engine_.evaluate(scene);
    const Frame* picture = observation.frame;
    const bool has_begun = std::ranges::any_of(events, [](const BehaviourEvent& event) {
        return event.phase == EventPhase::Begin;
    });
    if (has_begun && picture == nullptr && observation.make_picture) {
        picture = observation.make_picture();
    }
    publish(events, picture);
    if (parts_.on_scene) {
        parts_.on_scene(scene, camera_);
    }
    return tracks;
}

Result<std::span<const Track>> FrameAnalysis::analyse(
    const Frame& frame, vision::Detector& detector
) {
    BONGSU_ASSIGN(const std::vector<Detection> found, detector.detect(frame));
    return observe({
        .time = frame.wall,
        .frame = &frame,
        .detections = found,
        .has_detections = true,
        .level = TriageLevel::T3,
        .time_uncertainty = frame.wall_uncertainty,
    });
}

Status FrameAnalysis::replace(const CameraConfig& camera, WallTime now) {
    BONGSU_ASSIGN(const std::vector<BehaviourEvent> ended, engine_.replace(camera, now));
    camera_ = camera;
    publish(ended, nullptr);
    return {};
}

void FrameAnalysis::finish(WallTime now) {
    publish(engine_.finish(now), nullptr);
}

std::vector<Detection> FrameAnalysis::prepare(
    std::span<const Detection> detections, const Frame& frame
) {
    std::vector<Box> known;
    for (const Track& track : tracker_.tracks()) {
        known.push_back(track.box);
    }
    const std::vector<Detection> believed =
        still_gate_.filter(frame, {detections.begin(), detections.end()}, known);
    const auto passes_gate = [&](const Detection& detection) {
        return std::ranges::any_of(believed, [&](const Detection& other) {
            return other.box == detection.box && other.cls == detection.cls;
        });
    };
    std::vector<Detection> kept;
    kept.reserve(detections.size());
    for (const Detection& detection : detections) {
        const Point centre = detection.box.centre();
        const Point normalised{
            centre.x / static_cast<float>(frame.width), centre.y / static_cast<float>(frame.height)
        };
        if (std::ranges::any_of(camera_.masks, [&](const Polygon& mask) {
                return contains(mask, normalised);
            })) {
            continue;
        }
        if (!passes_gate(detection) &&
            !still_people_.is_somebody(detection, frame.wall, *second_look_)) {
            continue;
        }
        kept.push_back(detection);
        if (parts_.tracker.appearance_weight > 0 && kept.back().appearance.empty()) {
            kept.back().appearance = vision::describe(frame, detection.box);
        }
    }
    return kept;
}

void FrameAnalysis::publish(const std::vector<BehaviourEvent>& events, const Frame* frame) {
    if (!parts_.on_event) {
        return;
    }
    for (const BehaviourEvent& event : events) {
        parts_.on_event(event, frame, tracker_.tracks());
    }
}

}  // namespace bongsu::pipeline
