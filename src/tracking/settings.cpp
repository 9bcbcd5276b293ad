#include "tracking/settings.hpp"

#include <fmt/format.h>

namespace bongsu::tracking {

const SettingsSchema& tracker_schema() {
    static const SettingsSchema schema{{
        {.name = "high_score",
         .type = FieldType::Number,
         .fallback = 0.50,
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
        {.name = "sure_score",
         .type = FieldType::Number,
         .fallback = 0.60,
         .min = 0.01,
         .max = 1,
         .unit = "1",
         .help = "From this score on a detection counts fully as evidence for its track."},
        {.name = "instant_score",
         .type = FieldType::Number,
         .fallback = 0.75,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "A new track away from others is believed at once from this score on."},
        {.name = "first_look_score",
         .type = FieldType::Number,
         .fallback = 0.55,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "At the first look at a camera whoever has this score is believed at once."},
        {.name = "confirm_hits",
         .type = FieldType::Integer,
         .fallback = 2,
         .min = 1,
         .max = 20,
         .unit = "1",
         .help = "So many full detections make a track believed."},
        {.name = "confirm_after",
         .type = FieldType::Seconds,
         .fallback = "150ms",
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "Looks this far apart count as more evidence than looks in quick succession."},
        {.name = "tentative_for",
         .type = FieldType::Seconds,
         .fallback = "350ms",
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "How long an unconfirmed track may be unseen."},
        {.name = "lost_for",
         .type = FieldType::Seconds,
         .fallback = 2,
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
         .unit = "lengths",
         .help = "How far the foot point may move within one place, in lengths of the object's "
                 "longer side."},
        {.name = "smallest_height",
         .type = FieldType::Number,
         .fallback = 0.0,
         .min = 0,
         .max = 8192,
         .unit = "px",
         .help = "Objects lower than this start no track."},
        {.name = "appearance_weight",
         .type = FieldType::Number,
         .fallback = 2.0,
         .min = 0,
         .max = 10,
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
        .low_score = score("low_score"),
        .high_score = score("high_score"),
        .birth_score = score("birth_score"),
        .sure_score = score("sure_score"),
        .instant_score = score("instant_score"),
        .first_look_score = score("first_look_score"),
        .confirm_hits = static_cast<int>(settings.integer("confirm_hits")),
        .confirm_after = settings.duration("confirm_after"),
        .tentative_for = settings.duration("tentative_for"),
        .lost_for = settings.duration("lost_for"),
        .stationary_after = settings.duration("stationary_after"),
        .stationary_radius = static_cast<float>(settings.number("stationary_radius")),
        .smallest_height = static_cast<float>(settings.number("smallest_height")),
        .appearance_weight = static_cast<float>(settings.number("appearance_weight")),
        .history_length = static_cast<int>(settings.integer("history_length")),
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
