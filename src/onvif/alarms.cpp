#include "onvif/alarms.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kMostOpen = 256;
constexpr int kUsualGravity = 2;
constexpr float kCameraConfidence = 0.5F;  // cameras do not say how sure they are
constexpr Duration kBelievable = std::chrono::minutes{10};
constexpr Duration kUncertainty = std::chrono::seconds{1};

constexpr std::array<std::pair<std::string_view, int>, 6> kGravities{{
    {"motion_alarm", 1},
    {"object_alarm", 2},
    {"line_crossing", 3},
    {"intrusion", 3},
    {"camera_tamper", 3},
    {"digital_input", 4},
}};

std::string key_of(const OnvifEvent& event) {
    std::string key = event.topic;
    for (const auto& [name, value] : event.source) {
        key += "\n" + name + "=" + value;
    }
    return key;
}

}  // namespace

int gravity_of(std::string_view kind) {
    for (const auto& [name, gravity] : kGravities) {
        if (name == kind) {
            return gravity;
        }
    }
    return kUsualGravity;
}

CameraAlarms::CameraAlarms(CameraId camera, const Clock& clock)
    : camera_(std::move(camera)), clock_(clock) {}

std::vector<BehaviourEvent> CameraAlarms::take(const OnvifEvent& event, Duration clock_offset) {
    const EventMeaning meaning = interpret(event);
    if (meaning.kind.empty()) {
        return {};
    }
    const std::string key = key_of(event);
    const auto open = open_.find(key);
    if (!meaning.is_active) {
        BehaviourEvent begun = begin(event, meaning, clock_offset);
        return {begun, ended(begun, begun.time)};
    }
    if (*meaning.is_active && open == open_.end() && open_.size() < kMostOpen) {
        return {open_.emplace(key, begin(event, meaning, clock_offset)).first->second};
    }
    if (!*meaning.is_active && open != open_.end()) {
        const BehaviourEvent begun = std::move(open->second);
        open_.erase(open);
        return {ended(begun, std::max(begun.time, time_of(event, clock_offset)))};
    }
    return {};
}

std::vector<BehaviourEvent> CameraAlarms::end_all() {
    std::vector<BehaviourEvent> events;
    for (auto& [key, begun] : open_) {
        const WallTime at = std::max(begun.time, clock_.wall());
        events.push_back(ended(std::move(begun), at));
    }
    open_.clear();
    return events;
}

BehaviourEvent CameraAlarms::begin(
    const OnvifEvent& event, const EventMeaning& meaning, Duration offset
) {
    const WallTime time = time_of(event, offset);
    BehaviourEvent begun;
    begun.id = EventId{
        camera_.value() + "-onvif-" + std::to_string(clock_.wall().time_since_epoch().count()) +
        "-" + std::to_string(++number_)
    };
    begun.phase = EventPhase::Begin;
    begun.kind = meaning.kind;
    begun.camera = camera_;
    begun.rule = RuleId{"onvif"};
    begun.gravity = gravity_of(meaning.kind);
    begun.started = time;
    begun.time = time;
    begun.time_uncertainty = kUncertainty;
    begun.confidence = kCameraConfidence;
    begun.detail = meaning.detail;
    return begun;
}

BehaviourEvent CameraAlarms::ended(BehaviourEvent event, WallTime at) {
    event.phase = EventPhase::End;
    event.time = at;
    return event;
}

/// The camera's own time, corrected, when it is near ours; else now.
WallTime CameraAlarms::time_of(const OnvifEvent& event, Duration offset) const {
    const WallTime now = clock_.wall();
    if (!event.time) {
        return now;
    }
    const WallTime corrected = *event.time - offset;
    return std::chrono::abs(corrected - now) <= kBelievable ? corrected : now;
}

}  // namespace bongsu::onvif
