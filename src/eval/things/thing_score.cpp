#include "eval/things/thing_score.hpp"

#include <algorithm>

namespace bongsu::eval {
namespace {

constexpr float kAtThing = 0.1F;  ///< overlap of an alarm's box from which on it means the thing

double mark_of(const RecognitionFilm& film, std::string_view name, double fallback) {
    const double* mark = film.mark(name);
    return mark == nullptr ? fallback : *mark;
}

bool is_at(const Box& thing, const Box& alarm) {
    const Point centre = alarm.centre();
    const Box around = padded(thing, std::max(thing.w, thing.h) / 2);
    const bool is_within = centre.x >= around.x && centre.x <= around.right() &&
                           centre.y >= around.y && centre.y <= around.bottom();
    return is_within || iou(thing, alarm) >= kAtThing;
}

}  // namespace

ThingScore score_things(const RecognitionFilm& film, const WatchedFilm& watched) {
    ThingScore score{.is_left = film.label == "left"};
    const double gone = mark_of(film, "owner_gone_s", film.seconds);
    const double end = mark_of(film, "event_end_s", film.seconds);
    score.seconds_without = score.is_left ? std::min(gone, film.seconds) : film.seconds;
    for (const Alarm& alarm : watched.alarms) {
        const bool is_abandonment = alarm.kind == "abandoned_object";
        if (!is_abandonment && alarm.kind != "removed_object") {
            continue;
        }
        const bool is_thing = is_abandonment && score.is_left && !film.boxes.empty() &&
                              is_at(film.boxes.front().box, alarm.box);
        if (!is_thing) {
            ++score.false_alarms;
        } else if (alarm.told < gone) {
            ++score.early_alarms;
        } else if (!score.delay && alarm.told <= end) {
            score.delay = alarm.told - gone;
        }
    }
    return score;
}

}  // namespace bongsu::eval
