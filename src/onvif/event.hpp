#pragma once

#include "core/clock.hpp"
#include "onvif/xml.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::onvif {

/// What a notification says about a property (core specification 9.4.2).
enum class PropertyOperation { None, Initialized, Changed, Deleted };

/// Names and values as the camera wrote them.
using EventItems = std::vector<std::pair<std::string, std::string>>;

/// One notification of a camera.
struct OnvifEvent {
    std::string topic;  ///< without prefixes: "RuleEngine/CellMotionDetector/Motion"
    EventItems source;  ///< which input, rule or video source it is about
    EventItems data;
    PropertyOperation operation = PropertyOperation::None;
    std::optional<WallTime> time;  ///< by the camera's clock
};

/// The notifications of a PullMessagesResponse or a wsnt:Notify. At most 1,024 are read, each with
/// at most 64 items; what is ill-formed is left out.
std::vector<OnvifEvent> parse_notifications(pugi::xml_node response);

/// "tns1:RuleEngine/tnsajax:MotionDetector/Detection" without its prefixes.
std::string plain_topic(std::string_view topic);

/// What our own events call it.
struct EventMeaning {
    std::string kind;               ///< "motion_alarm", "camera_tamper", "digital_input",
                                    ///< "line_crossing", "intrusion", "object_alarm";
                                    ///< empty: nothing that concerns an operator
    std::optional<bool> is_active;  ///< nothing: it has no state, it just happened
    std::string detail;             ///< "source=Rule1 class=Human"; may be empty
};

/// By topic and data. Every event has a meaning; for unknown topics the kind is empty and the state
/// is read all the same.
EventMeaning interpret(const OnvifEvent& event);

}  // namespace bongsu::onvif
