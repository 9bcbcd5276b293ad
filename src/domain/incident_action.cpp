#include "domain/incident_action.hpp"

#include <algorithm>
#include <array>

namespace bongsu {
namespace {

constexpr std::array<std::string_view, 10> kVerbs{
    "acknowledge",
    "confirm",
    "false_alarm",
    "dispatch",
    "close",
    "reopen",
    "assign",
    "release",
    "note",
    "escalate"
};

std::unexpected<Error> invalid(
    const Incident& incident, const std::string& what, ErrorCode code = {}
) {
    return fail(
        ErrorKind::InvalidArgument, code, "incident '" + incident.id.value() + "': " + what
    );
}

std::unexpected<Error> refuse(const Incident& incident, const std::string& what, ErrorCode code) {
    return fail(
        ErrorKind::FailedPrecondition, code, "incident '" + incident.id.value() + "' " + what
    );
}

void add_step(Incident& incident, const IncidentAction& action, std::string name, std::string why) {
    incident.steps.push_back({action.when, action.who, std::move(name), std::move(why)});
}

std::optional<IncidentState> aim_of(IncidentVerb verb) {
    switch (verb) {
        case IncidentVerb::Acknowledge:
        case IncidentVerb::Reopen:
            return IncidentState::Acknowledged;
        case IncidentVerb::Confirm:
            return IncidentState::Confirmed;
        case IncidentVerb::FalseAlarm:
            return IncidentState::FalseAlarm;
        case IncidentVerb::Dispatch:
            return IncidentState::Dispatched;
        case IncidentVerb::Close:
            return IncidentState::Closed;
        case IncidentVerb::Assign:
        case IncidentVerb::Release:
        case IncidentVerb::Note:
        case IncidentVerb::Escalate:
            return std::nullopt;
    }
    return std::nullopt;
}

/// The states that lead to the aim, the aim last; empty when none do.
std::vector<IncidentState> way(IncidentState from, IncidentState to) {
    using enum IncidentState;
    std::vector<IncidentState> states;
    if (from == New && to != Acknowledged) {
        states.push_back(Acknowledged);
    }
    if ((from == New || from == Acknowledged) && to == Dispatched) {
        states.push_back(Confirmed);
    }
    if (!may_change(states.empty() ? from : states.back(), to)) {
        return {};
    }
    states.push_back(to);
    return states;
}

void enter(Incident& incident, IncidentState state, const IncidentAction& action) {
    incident.state = state;
    if (!incident.acknowledged && action.who != kSystem) {
        incident.acknowledged = action.when;
        incident.acknowledged_by = action.who;
    }
    if (state == IncidentState::Confirmed || state == IncidentState::FalseAlarm) {
        const bool is_false = state == IncidentState::FalseAlarm;
        incident.verdict = is_false ? Verdict::FalseAlarm : Verdict::Confirmed;
        incident.reason = is_false ? action.reason : std::nullopt;
        incident.judged = action.when;
        incident.judged_by = action.who;
    } else if (state == IncidentState::Acknowledged) {
        incident.verdict = Verdict::None;
        incident.reason.reset();
        incident.judged.reset();
        incident.judged_by.clear();
    }
}

Status move(Incident& incident, const IncidentAction& action, IncidentState aim) {
    const bool is_reopening = action.verb == IncidentVerb::Reopen;
    const std::vector<IncidentState> states = way(incident.state, aim);
    const bool is_settled = !is_open(incident.state);
    const bool is_wrong_verb =
        aim == IncidentState::Acknowledged ? is_reopening != is_settled : false;
    if (states.empty() || is_wrong_verb) {
        return refuse(
            incident,
            "is " + std::string(to_string(incident.state)) + ": " +
                std::string(to_string(action.verb)) + " does not lead on from there",
            "incident_elsewhere"_code
        );
    }
    for (const IncidentState state : states) {
        const bool is_aim = state == states.back();
        enter(incident, state, action);
        std::string why = is_aim ? action.why : std::string{};
        if (is_aim && incident.reason) {
            why = std::string(to_string(*incident.reason)) + (why.empty() ? "" : ": " + why);
        }
        add_step(incident, action, "state:" + std::string(to_string(state)), std::move(why));
    }
    if (incident.assignee.empty() && is_open(incident.state) && action.who != kSystem) {
        incident.assignee = action.who;
    }
    return {};
}

Status escalate(Incident& incident, const IncidentAction& action) {
    const int level = action.level > 0 ? action.level : incident.escalation + 1;
    if (level > kHighestEscalation || level <= incident.escalation) {
        return refuse(
            incident,
            "is escalated to level " + std::to_string(incident.escalation) + " already",
            "incident_escalated"_code
        );
    }
    incident.escalation = level;
    add_step(incident, action, "escalated:" + std::to_string(level), action.why);
    return {};
}

Status check_words(const Incident& incident, const IncidentAction& action) {
    using enum IncidentVerb;
    if (action.who.empty()) {
        return invalid(incident, "an action needs somebody who does it");
    }
    if (action.why.size() > kLongestRemark) {
        return invalid(
            incident, "the text is longer than " + std::to_string(kLongestRemark) + " bytes"
        );
    }
    if (action.why.empty() && (action.verb == Note || action.verb == Escalate)) {
        return invalid(incident, std::string(to_string(action.verb)) + " needs a text");
    }
    if (action.verb == FalseAlarm && !action.reason) {
        return invalid(incident, "a false alarm needs a reason");
    }
    if (action.reason == FalseAlarmReason::Other && action.why.empty()) {
        return invalid(incident, "the reason 'other' needs a text that says which");
    }
    return {};
}

Status check_not_decided_since(const Incident& incident, const IncidentAction& action) {
    if (!action.expected_change || incident.decided <= *action.expected_change) {
        return {};
    }
    const auto last = std::ranges::find_if(
        incident.steps.rbegin(),
        incident.steps.rend(),
        [](const IncidentStep& step) { return step.who != kSystem && step.action != "note"; }
    );
    const std::string who = last != incident.steps.rend() ? last->who : std::string("somebody");
    return refuse(
        incident,
        "was changed by " + who + " meanwhile and is " + std::string(to_string(incident.state)) +
            " now; look at it again",
        "changed_meanwhile"_code
    );
}

}  // namespace

std::string_view to_string(IncidentVerb verb) {
    return kVerbs.at(static_cast<std::size_t>(verb));
}

std::optional<IncidentVerb> parse_incident_verb(std::string_view name) {
    const auto* found = std::ranges::find(kVerbs, name);
    if (found == kVerbs.end()) {
        return std::nullopt;
    }
    return static_cast<IncidentVerb>(found - kVerbs.begin());
}

Status apply_action(Incident& incident, const IncidentAction& action) {
    BONGSU_TRY(check_words(incident, action));
    BONGSU_TRY(check_not_decided_since(incident, action));
    if (action.verb == IncidentVerb::Note) {
        add_step(incident, action, "note", action.why);
        return {};
    }
    if (!incident.merged_into.value().empty()) {
        return refuse(
            incident,
            "is part of '" + incident.merged_into.value() + "'; act on that",
            "incident_merged"_code
        );
    }
    if (const auto aim = aim_of(action.verb)) {
        return move(incident, action, *aim);
    }
    if (!is_open(incident.state)) {
        return refuse(
            incident,
            "is " + std::string(to_string(incident.state)) + "; reopen it first",
            "incident_closed"_code
        );
    }
    if (action.verb == IncidentVerb::Escalate) {
        return escalate(incident, action);
    }
    const bool is_assigning = action.verb == IncidentVerb::Assign;
    const std::string& whom = action.assignee.empty() ? action.who : action.assignee;
    incident.assignee = is_assigning ? whom : std::string{};
    add_step(incident, action, is_assigning ? "assigned:" + whom : "released", action.why);
    return {};
}

Status merge_incidents(Incident& into, Incident& from, const IncidentMerge& request) {
    if (into.id == from.id) {
        return invalid(into, "cannot be merged with itself", "incident_merged"_code);
    }
    for (const Incident* each : {&into, &from}) {
        if (!each->merged_into.value().empty()) {
            return refuse(
                *each,
                "is part of '" + each->merged_into.value() + "' already",
                "incident_merged"_code
            );
        }
    }
    if (!is_open(into.state)) {
        return refuse(
            into,
            "is " + std::string(to_string(into.state)) + "; merge into an open one",
            "incident_closed"_code
        );
    }
    if (from.gravity > into.gravity) {
        into.gravity = from.gravity;
        into.kind = from.kind;
    }
    into.started = std::min(into.started, from.started);
    into.confidence = std::max(into.confidence, from.confidence);
    into.clip_from = std::min(into.clip_from, from.clip_from);
    into.clip_to = std::max(into.clip_to, from.clip_to);
    into.absorbed.push_back(from.id);
    into.steps.push_back({request.when, request.who, "merged:" + from.id.value(), request.why});
    if (!from.acknowledged) {
        from.acknowledged = request.when;
        from.acknowledged_by = request.who;
    }
    from.state = IncidentState::Closed;
    from.merged_into = into.id;
    from.steps.push_back({request.when, request.who, "merged_into:" + into.id.value(), request.why}
    );
    return {};
}

}  // namespace bongsu
