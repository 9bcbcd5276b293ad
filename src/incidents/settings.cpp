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

std::vector<FieldSpec> fields() {
    const IncidentSettings usual;
    return {
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
}

}  // namespace

const SettingsSchema& incident_schema() {
    static const SettingsSchema schema{fields()};
    return schema;
}

Result<IncidentSettings> parse_incident_settings(const Value& value, std::string_view path) {
    BONGSU_ASSIGN(const Settings given, incident_schema().parse(value, path));
    return IncidentSettings{
        .join_window = given.duration("join_window"),
        .near = static_cast<float>(given.number("near")),
        .longest = given.duration("longest"),
        .pre_roll = given.duration("pre_roll"),
        .post_roll = given.duration("post_roll"),
        .stale_after = given.duration("stale_after"),
        .max_live = static_cast<std::size_t>(given.integer("max_live")),
        .max_unsaved = static_cast<std::size_t>(given.integer("max_unsaved"))
    };
}

}  // namespace bongsu::incidents
