#include "onvif/event.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kMostEvents = 1024;
constexpr std::size_t kMostItems = 64;
constexpr std::size_t kLongestValue = 256;

std::string cut(std::string text) {
    text.resize(std::min(text.size(), kLongestValue));
    return text;
}

EventItems read_items(pugi::xml_node list) {
    EventItems items;
    for (const pugi::xml_node node : children(list, "SimpleItem")) {
        if (items.size() == kMostItems) {
            break;
        }
        items.emplace_back(
            cut(attribute(node, "Name").value_or("")), cut(attribute(node, "Value").value_or(""))
        );
    }
    return items;
}

PropertyOperation operation_of(std::string_view text) {
    if (text == "Initialized") {
        return PropertyOperation::Initialized;
    }
    if (text == "Changed") {
        return PropertyOperation::Changed;
    }
    return text == "Deleted" ? PropertyOperation::Deleted : PropertyOperation::None;
}

/// Cameras write "Z", an offset, or nothing at all; the last is meant as UTC.
std::optional<WallTime> time_of(std::string text) {
    const std::size_t clock = text.find('T');
    if (clock == std::string::npos) {
        return std::nullopt;
    }
    if (text.find_first_of("Z+-", clock) == std::string::npos) {
        text += 'Z';
    }
    const auto time = parse_iso8601(text);
    return time ? std::optional(*time) : std::nullopt;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return out;
}

std::optional<bool> truth_of(std::string_view value) {
    const std::string word = lower(value);
    for (const char* yes : {"true", "1", "on", "active", "high"}) {
        if (word == yes) {
            return true;
        }
    }
    for (const char* no : {"false", "0", "off", "inactive", "low"}) {
        if (word == no) {
            return false;
        }
    }
    return std::nullopt;
}

struct TopicRule {
    std::string_view part;  ///< of the topic in lower case
    std::string_view kind;
};

/// The first row whose text the topic holds. Sources: ONVIF Analytics specification annex A,
/// Imaging 5.2, Device IO 6.2, and what makers send in their place. Rows with more letters of the
/// same beginning stand first.
constexpr std::array<TopicRule, 24> kTopics{{
    {"videosource/globalscenechange", "camera_tamper"},
    {"videosource/imagetoo", "camera_tamper"},
    {"videosource/signalloss", "camera_tamper"},
    {"videosource/motionalarm", "motion_alarm"},
    {"tamper", "camera_tamper"},
    {"scenechange", "camera_tamper"},
    {"linedetector", "line_crossing"},
    {"linecross", "line_crossing"},
    {"crossline", "line_crossing"},
    {"fielddetector", "intrusion"},
    {"intrusion", "intrusion"},
    {"loiteringdetector", "intrusion"},
    {"objectdetection", "object_alarm"},
    {"smartevent", "object_alarm"},
    {"peopledetect", "object_alarm"},
    {"/people", "object_alarm"},
    {"/peopledetect", "object_alarm"},
    {"/vehicle", "object_alarm"},
    {"digitalinput", "digital_input"},
    {"trigger/alarmin", "digital_input"},
    {"cellmotiondetector/motion", "motion_alarm"},
    {"motionregiondetector", "motion_alarm"},
    {"motiondetector", "motion_alarm"},
    {"motionalarm", "motion_alarm"},
}};

std::string kind_of(std::string_view topic) {
    const std::string text = lower(topic);
    for (const TopicRule& rule : kTopics) {
        if (text.contains(rule.part)) {
            return std::string(rule.kind);
        }
    }
    return {};
}

std::optional<bool> state_of(const OnvifEvent& event) {
    if (event.operation == PropertyOperation::Deleted) {
        return false;
    }
    for (const auto& [name, value] : event.data) {
        if (const auto truth = truth_of(value)) {
            return truth;
        }
    }
    // A list of classes that is empty means that the object has left.
    for (const auto& [name, value] : event.data) {
        if (lower(name) == "classtypes") {
            return !value.empty();
        }
    }
    return std::nullopt;
}

/// Letters that are safe in a remark; blanks separate its parts.
std::string word(std::string_view text) {
    std::string out(text.substr(0, 64));
    std::ranges::replace_if(
        out, [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == '=' || c == '"'; }, '_'
    );
    return out;
}

std::string detail_of(const OnvifEvent& event) {
    std::string detail;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            detail += (detail.empty() ? "" : " ") + std::string(name) + "=" + word(value);
        }
    };
    for (const auto& [name, value] : event.source) {
        const std::string key = lower(name);
        if (key == "rule" || key.contains("inputtoken") || key.contains("alarmintoken")) {
            add("source", value);
        }
    }
    for (const auto& [name, value] : event.data) {
        const std::string key = lower(name);
        if (key == "classtypes" || key == "objectid" || key == "direction") {
            add(key == "classtypes" ? "class" : key, value);
        } else if (key.starts_with("is") && truth_of(value) == true) {
            add("class", std::string_view(name).substr(2));
        }
    }
    return detail;
}

}  // namespace

std::string plain_topic(std::string_view topic) {
    std::string out;
    topic = trimmed(topic);
    while (!topic.empty()) {
        const std::size_t slash = std::min(topic.find('/'), topic.size());
        out += (out.empty() ? "" : "/") + std::string(local_name(topic.substr(0, slash)));
        topic.remove_prefix(std::min(slash + 1, topic.size()));
    }
    return cut(std::move(out));
}

std::vector<OnvifEvent> parse_notifications(pugi::xml_node response) {
    std::vector<OnvifEvent> events;
    for (const pugi::xml_node notification : children(response, "NotificationMessage")) {
        if (events.size() == kMostEvents) {
            break;
        }
        OnvifEvent event;
        event.topic = plain_topic(text_at(notification, "Topic"));
        // wsnt:Message holds tt:Message; a few cameras leave the outer one out.
        pugi::xml_node message = find(notification, "Message/Message");
        if (!message) {
            message = child(notification, "Message");
        }
        if (event.topic.empty() || !message) {
            continue;
        }
        event.source = read_items(child(message, "Source"));
        event.data = read_items(child(message, "Data"));
        event.operation = operation_of(attribute(message, "PropertyOperation").value_or(""));
        event.time = time_of(attribute(message, "UtcTime").value_or(""));
        events.push_back(std::move(event));
    }
    return events;
}

EventMeaning interpret(const OnvifEvent& event) {
    return {
        .kind = kind_of(event.topic),
        .is_active = state_of(event),
        .detail = detail_of(event),
    };
}

}  // namespace bongsu::onvif
