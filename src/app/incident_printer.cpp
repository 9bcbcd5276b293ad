#include "app/incident_printer.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace bongsu::app {
namespace {

using incidents::IncidentChange;

/// hh:mm:ss in the control room.
std::string local_clock(WallTime time, std::chrono::minutes offset) {
    return to_iso8601(time + offset).substr(11, 8);
}

std::string fires(int gravity) {
    std::string out;
    for (int i = 1; i <= 5; ++i) {
        out += i <= gravity ? "●" : "○";
    }
    return out;
}

std::string padded_to(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string place_of(const Incident& incident) {
    std::string out = incident.camera.value();
    for (const ZoneId& zone : incident.zones) {
        out += (out == incident.camera.value() ? " / " : "+") + zone.value();
    }
    return out;
}

std::string kinds_of(const Incident& incident) {
    std::set<std::string> kinds;
    for (const BehaviourEvent& event : incident.events) {
        kinds.insert(event.kind);
    }
    kinds.erase(incident.kind);
    std::string out = incident.kind;
    for (const std::string& kind : kinds) {
        out += "+" + kind;
    }
    return out;
}

std::size_t tracks_of(const Incident& incident) {
    std::set<TrackId> tracks;
    for (const BehaviourEvent& event : incident.events) {
        tracks.insert(event.tracks.begin(), event.tracks.end());
    }
    return tracks.size();
}

bool has(const incidents::IncidentUpdate& update, IncidentChange change) {
    return std::ranges::find(update.changes, change) != update.changes.end();
}

}  // namespace

std::string describe_update(
    const incidents::IncidentUpdate& update, std::chrono::minutes local_offset
) {
    const Incident& incident = update.incident;
    const bool is_opened = has(update, IncidentChange::Opened);
    const bool is_joined = has(update, IncidentChange::EventJoined);
    const bool is_ended = has(update, IncidentChange::Ended);
    if (!is_opened && !is_joined && !is_ended) {
        return "";
    }
    const std::string word = is_opened ? "NEW " : is_ended ? "end " : "more";
    const WallTime when = is_opened                    ? incident.opened
                          : is_ended && incident.ended ? *incident.ended
                                                       : incident.events.back().time;
    std::string line = local_clock(when, local_offset) + "  " + fires(incident.gravity) + "  " +
                       word + "  " + padded_to(kinds_of(incident), 24) + "  " +
                       padded_to(place_of(incident), 26);
    std::array<char, 96> tail{};
    if (is_ended) {
        const double lasted = incident.ended ? to_seconds(*incident.ended - incident.started) : 0;
        std::snprintf(tail.data(), tail.size(), "  after %.0f s", lasted);
    } else {
        std::snprintf(
            tail.data(),
            tail.size(),
            "  %zu followed, confidence %.2f",
            tracks_of(incident),
            static_cast<double>(incident.confidence)
        );
    }
    line += tail.data();
    return line + "  " + incident.id.value();
}

void IncidentPrinter::print(const incidents::IncidentUpdate& update) {
    const std::string line = describe_update(update, local_offset_);
    if (line.empty()) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    std::fprintf(out_, "%s\n", line.c_str());
    std::fflush(out_);
}

}  // namespace bongsu::app
