#include "tracking/settings.hpp"

#include <fmt/format.h>

namespace bongsu::tracking {

const SettingsSchema& tracker_schema() {
    static const SettingsSchema schema{{
        {.name = "high_score",
         .type = FieldType::Number,
         .fallback = 0.45,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Detections of this score or more are paired first and may start tracks."},
        {.name = "low_score",
         .type = FieldType::Number,
         .fallback = 0.20,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Detections of this score or more may continue a track."},
        {.name = "birth_score",
         .type = FieldType::Number,
         .fallback = 0.50,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "A new track starts from a detection of this score or more."},
        {.name = "instant_score",
         .type = FieldType::Number,
         .fallback = 0.75,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "A new track away from others is believed at once from this score on."},
        {.name = "confirm_hits",
         .type = FieldType::Integer,
         .fallback = 3,
         .min = 1,
         .max = 20,
         .unit = "1",
         .help = "So many detections confirm a track."},
        {.name = "confirm_after",
         .type = FieldType::Seconds,
         .fallback = "400ms",
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "Two detections this far apart confirm a track too."},
        {.name = "tentative_for",
         .type = FieldType::Seconds,
         .fallback = "500ms",
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "How long an unconfirmed track may be unseen."},
        {.name = "lost_for",
         .type = FieldType::Seconds,
         .fallback = 3,
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "How long a confirmed track may be unseen before it ends."},
        {.name = "stationary_after",
         .type = FieldType::Seconds,
         .fallback = 10,
         .min = 1,
         .max = 86400,
         .unit = "s",
         .help = "An object that stays in its place this long counts as stationary."},
        {.name = "stationary_radius",
         .type = FieldType::Number,
         .fallback = 0.25,
         .min = 0.01,
         .max = 5,
         .unit = "heights",
         .help = "How far the foot point may move within one place."},
        {.name = "appearance_weight",
         .type = FieldType::Number,
         .fallback = 0.4,
         .min = 0,
         .max = 2,
         .unit = "1",
         .help = "How much looks count beside place when tracks are paired; 0 ignores them."},
        {.name = "history_length",
         .type = FieldType::Integer,
         .fallback = 256,
         .min = 1,
         .max = 10000,
         .unit = "points",
         .help = "How many points of its path a track keeps."},
    }};
    return schema;
}

Result<TrackerSettings> tracker_settings(const Settings& settings, std::string_view path) {
    const auto score = [&](std::string_view name) {
        return static_cast<float>(settings.number(name));
    };
    const TrackerSettings s{
        .high_score = score("high_score"),
        .low_score = score("low_score"),
        .birth_score = score("birth_score"),
        .instant_score = score("instant_score"),
        .confirm_hits = static_cast<int>(settings.integer("confirm_hits")),
        .confirm_after = settings.duration("confirm_after"),
        .tentative_for = settings.duration("tentative_for"),
        .lost_for = settings.duration("lost_for"),
        .stationary_after = settings.duration("stationary_after"),
        .stationary_radius = static_cast<float>(settings.number("stationary_radius")),
        .appearance_weight = static_cast<float>(settings.number("appearance_weight")),
        .history_length = static_cast<int>(settings.integer("history_length")),
        .noise = {},
    };
    if (s.low_score > s.high_score) {
        return fail(
            ErrorKind::InvalidArgument,
            fmt::format(
                "{}: low_score is {} but high_score is {}; low_score must not be above it",
                path,
                s.low_score,
                s.high_score
            )
        );
    }
    return s;
}

}  // namespace bongsu::tracking
