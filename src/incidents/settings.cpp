#include "incidents/settings.hpp"

namespace bongsu::incidents {
namespace {

FieldSpec seconds(std::string name, Duration fallback, double max, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Seconds,
        .fallback = to_seconds(fallback),
        .min = 0,
        .max = max,
        .unit = "s",
        .help = std::move(help)
    };
}

FieldSpec limit(std::string name, std::size_t fallback, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Integer,
        .fallback = static_cast<std::int64_t>(fallback),
        .min = 1,
        .max = 1e6,
        .unit = "1",
        .help = std::move(help)
    };
}

std::vector<FieldSpec> escalation_fields(const IncidentSettings& usual) {
    std::vector<FieldSpec> out;
    for (std::size_t i = 0; i < usual.escalate_after.size(); ++i) {
        const std::string gravity = std::to_string(i + 1);
        out.push_back(seconds(
            "escalate_after_" + gravity,
            usual.escalate_after.at(i),
            86400,
            "An incident of gravity " + gravity +
                " that nobody acknowledged for so long is escalated to the supervisor; 0 for never."
        ));
    }
    out.push_back(seconds(
        "escalate_again_after",
        usual.escalate_again_after,
        86400,
        "An escalated incident that still waits after this time more is escalated to the head of "
        "the centre; 0 for never."
    ));
    out.push_back(limit(
        "max_unanswered",
        usual.max_unanswered,
        "How many unacknowledged incidents are watched for escalation; beyond, new ones are not, "
        "counted and logged."
    ));
    return out;
}

std::vector<FieldSpec> fields() {
    const IncidentSettings usual;
    std::vector<FieldSpec> out{
        seconds(
            "join_window",
            usual.join_window,
            3600,
            "An event that begins this soon after the last one of an incident may join it."
        ),
        {.name = "near",
         .type = FieldType::Number,
         .fallback = 0.03,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Zones this near to each other, as a share of the picture, count as one place."},
        seconds(
            "longest",
            usual.longest,
            86400,
            "Events that begin later than this after the start of an incident open another one."
        ),
        seconds(
            "pre_roll",
            usual.pre_roll,
            600,
            "How much video before its start belongs to an incident."
        ),
        seconds(
            "post_roll",
            usual.post_roll,
            600,
            "How much video after its end belongs to an incident."
        ),
        seconds(
            "stale_after",
            usual.stale_after,
            3600,
            "An open event without news for so long is taken for ended; rules send news every 10 s."
        ),
        limit(
            "max_live",
            usual.max_live,
            "How many incidents may go on at once; beyond, the least grave is ended, and counted."
        ),
        limit(
            "max_unsaved",
            usual.max_unsaved,
            "How many incidents wait while the store is away; beyond, the least grave is lost, "
            "counted and logged."
        )
    };
    for (FieldSpec& field : escalation_fields(usual)) {
        out.push_back(std::move(field));
    }
    return out;
}

}  // namespace

const SettingsSchema& incident_schema() {
    static const SettingsSchema schema{fields()};
    return schema;
}

Result<IncidentSettings> parse_incident_settings(const Value& value, std::string_view path) {
    BONGSU_ASSIGN(const Settings given, incident_schema().parse(value, path));
    IncidentSettings settings{
        .join_window = given.duration("join_window"),
        .near = static_cast<float>(given.number("near")),
        .longest = given.duration("longest"),
        .pre_roll = given.duration("pre_roll"),
        .post_roll = given.duration("post_roll"),
        .stale_after = given.duration("stale_after"),
        .max_live = static_cast<std::size_t>(given.integer("max_live")),
        .max_unsaved = static_cast<std::size_t>(given.integer("max_unsaved")),
        .escalate_after = {},
        .escalate_again_after = given.duration("escalate_again_after"),
        .max_unanswered = static_cast<std::size_t>(given.integer("max_unanswered"))
    };
    for (std::size_t i = 0; i < settings.escalate_after.size(); ++i) {
        settings.escalate_after.at(i) = given.duration("escalate_after_" + std::to_string(i + 1));
    }
    return settings;
}

}  // namespace bongsu::incidents
