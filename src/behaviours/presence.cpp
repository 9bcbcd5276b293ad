#include "behaviours/presence.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <utility>

namespace bongsu::behaviours {
namespace {

/// After so long without a look that could have found the object, the visit is given up.
constexpr Duration kBlindLimit = std::chrono::seconds{10};
/// So long an object is waited for that the tracker has not given up. Where the tracker expects it
/// says little: predictions of somebody who turns behind a van run away.
constexpr Duration kHiddenLimit = std::chrono::seconds{5};
/// How many looks must miss an object before its absence is believed; a single missed detection at
/// 1-2 pictures per second would otherwise outlast any short gap tolerance.
constexpr int kMissesNeeded = 2;
/// From this depth on, in box heights, being inside is beyond doubt.
constexpr float kSureDepth = 0.25F;

const Track* find_track(const Scene& scene, TrackId id) {
    const auto found = std::ranges::find(scene.tracks, id, &Track::id);
    return found != scene.tracks.end() ? &*found : nullptr;
}

/// Where the track was first seen, as far as its history reaches.
Point first_foot(const Track& track) {
    return track.history.empty() ? track.box.foot() : track.history.front().box.foot();
}

std::vector<std::string> class_names() {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(ObjectClass::Bag); ++i) {
        names.emplace_back(to_string(static_cast<ObjectClass>(i)));
    }
    return names;
}

void observe_inside(Visit& visit, const Scene& scene, const Track& track, float depth) {
    if (!visit.was_outside) {
        visit.inside += scene.time - visit.last_inside;
    }
    visit.last_inside = scene.time;
    visit.was_outside = false;
    visit.misses = 0;
    ++visit.samples_inside;
    visit.score_sum += track.score;
    visit.deepest = std::max(visit.deepest, depth);
    visit.depth = depth;
    visit.box = track.box;
}

}  // namespace

bool PresenceSettings::watches(const Track& track) const {
    return track.state != TrackState::Tentative &&
           std::ranges::find(classes, track.cls) != classes.end() && track.score >= min_score;
}

float Visit::confidence() const {
    const float mean = samples_inside > 0 ? score_sum / static_cast<float>(samples_inside) : 0;
    const float sure = std::min(1.0F, deepest / kSureDepth);
    return std::clamp(mean * (0.7F + 0.3F * sure), 0.0F, 1.0F);
}

FieldSpec classes_field() {
    return {
        .name = "classes",
        .type = FieldType::TextList,
        .fallback = Value::List{"person"},
        .help = "Which objects count: person, bicycle, motorcycle, car, bus, truck, animal, bag."
    };
}

std::vector<FieldSpec> watch_fields() {
    return {
        classes_field(),
        {.name = "min_score",
         .type = FieldType::Number,
         .fallback = 0.0,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Objects that the detector is less sure of are not counted as seen."},
        {.name = "hit_test",
         .type = FieldType::Choice,
         .fallback = "foot",
         .choices = {"foot", "centre", "corners"},
         .help = "What must lie in the zone: the foot point, the centre of the box, or corners of "
                 "the box."},
        {.name = "corners",
         .type = FieldType::Integer,
         .fallback = 3,
         .min = 1,
         .max = 4,
         .unit = "1",
         .help = "With hit_test corners: how many of the four must lie in the zone."}
    };
}

std::vector<FieldSpec> presence_fields(double default_gap) {
    std::vector<FieldSpec> fields = watch_fields();
    fields.push_back(
        {.name = "gap",
         .type = FieldType::Seconds,
         .fallback = default_gap,
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "An absence no longer than this does not end a stay in the zone."}
    );
    fields.push_back(
        {.name = "handover",
         .type = FieldType::Number,
         .fallback = 1.0,
         .min = 0,
         .max = 5,
         .unit = "1",
         .help = "An object that appears this near (in box heights) to where another vanished in "
                 "the zone "
                 "continues its stay; 0 turns this off."}
    );
    return fields;
}

Result<std::vector<ObjectClass>> parse_classes(const Settings& settings, std::string_view path) {
    std::vector<ObjectClass> classes;
    for (const std::string& name : settings.texts("classes")) {
        const auto cls = parse_object_class(name);
        if (!cls) {
            const auto near = nearest_name(name, class_names());
            std::string message =
                std::string(path) + ".classes: '" + name + "' is not an object class";
            message +=
                near ? "; did you mean '" + *near + "'?" : "; see the list in the guide to rules";
            return fail(ErrorKind::InvalidArgument, std::move(message));
        }
        classes.push_back(*cls);
    }
    if (classes.empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "no_classes"_code,
            std::string(path) + ".classes is empty; name at least one, such as person"
        );
    }
    return classes;
}

Result<PresenceSettings> parse_watch(const Settings& settings, std::string_view path) {
    PresenceSettings presence;
    BONGSU_ASSIGN(presence.classes, parse_classes(settings, path));
    const std::string& test = settings.text("hit_test");
    presence.hit_test = test == "foot"     ? HitTest::Foot
                        : test == "centre" ? HitTest::Centre
                                           : HitTest::Corners;
    presence.min_score = static_cast<float>(settings.number("min_score"));
    presence.corners_needed = static_cast<int>(settings.integer("corners"));
    return presence;
}

Result<PresenceSettings> parse_presence(const Settings& settings, std::string_view path) {
    BONGSU_ASSIGN(PresenceSettings presence, parse_watch(settings, path));
    presence.gap = settings.duration("gap");
    presence.handover = static_cast<float>(settings.number("handover"));
    return presence;
}

std::vector<Visit> Visits::update(
    const Scene& scene, std::span<const Place> places, const PresenceSettings& settings
) {
    since_ = since_.value_or(scene.time);
    for (const Track& track : scene.tracks) {
        if (track.state == TrackState::Confirmed && settings.watches(track)) {
            observe(scene, track, places, settings);
        }
    }
    for (Visit& visit : open_) {
        const bool is_seen = visit.last_inside == scene.time || visit.was_outside;
        visit.misses += !is_seen && scene.has_detections ? 1 : 0;
    }
    std::vector<Visit> ended;
    std::erase_if(open_, [&](Visit& visit) {
        const bool is_over = has_ended(visit, scene, settings);
        if (is_over) {
            ended.push_back(std::move(visit));
        }
        return is_over;
    });
    return ended;
}

void Visits::observe(
    const Scene& scene,
    const Track& track,
    std::span<const Place> places,
    const PresenceSettings& settings
) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Hit found = hit(places[i], track.box, settings.hit_test, settings.corners_needed);
        Visit* visit = find(i, track.id);
        if (visit != nullptr && !found.is_inside) {
            visit->was_outside = true;
            ++visit->samples_outside;
            continue;
        }
        if (!found.is_inside) {
            continue;
        }
        if (visit == nullptr) {
            visit = find_vanished(scene, i, track, settings);
            if (visit != nullptr) {
                visit->tracks.push_back(track.id);
            }
        }
        if (visit == nullptr) {
            open_.push_back(start(scene, track, places[i], settings));
            visit = &open_.back();
            visit->place = i;
        }
        observe_inside(*visit, scene, track, found.depth);
    }
}

Visit* Visits::find(std::size_t place, TrackId track) {
    const auto found = std::ranges::find_if(open_, [&](const Visit& visit) {
        return visit.place == place && visit.tracks.back() == track;
    });
    return found != open_.end() ? &*found : nullptr;
}

Visit* Visits::find_vanished(
    const Scene& scene, std::size_t place, const Track& track, const PresenceSettings& settings
) {
    const float reach = settings.handover * track.box.h;
    Visit* nearest = nullptr;
    float nearest_distance = reach;
    for (Visit& visit : open_) {
        const Track* before = find_track(scene, visit.tracks.back());
        const bool is_gone = before == nullptr || before->state == TrackState::Lost;
        if (visit.place != place || !is_gone || visit.was_outside ||
            track.first_seen <= visit.last_inside) {
            continue;
        }
        const Point last = before != nullptr ? before->box.foot() : visit.box.foot();
        const Point first = first_foot(track);
        const float apart = std::min(
            distance(first, last),
            std::hypot(first.x - visit.box.foot().x, first.y - visit.box.foot().y)
        );
        if (apart < nearest_distance) {
            nearest = &visit;
            nearest_distance = apart;
        }
    }
    return nearest;
}

/// A track is shown to behaviours once it is confirmed; its history tells since when it has been
/// inside.
Visit Visits::start(
    const Scene& scene, const Track& track, const Place& place, const PresenceSettings& settings
) const {
    Visit visit;
    visit.tracks = {track.id};
    visit.entered = scene.time;
    for (const TrackPoint& point : track.history | std::views::reverse) {
        if (point.time >= scene.time || !point.is_observed) {
            continue;
        }
        const bool is_inside =
            hit(place, point.box, settings.hit_test, settings.corners_needed).is_inside;
        if (!is_inside || point.time < *since_ || visit.entered - point.time > settings.gap) {
            break;
        }
        visit.entered = point.time;
        ++visit.samples_inside;
        visit.score_sum += track.score;
    }
    visit.last_inside = visit.entered;
    return visit;
}

bool Visits::has_ended(const Visit& visit, const Scene& scene, const PresenceSettings& settings)
    const {
    const Duration absent = scene.time - visit.last_inside;
    if (absent <= settings.gap) {
        return false;
    }
    if (visit.was_outside) {
        return true;
    }
    const Track* track = find_track(scene, visit.tracks.back());
    // One that comes back may be tentative for a moment before it is believed again.
    const bool is_hidden = track != nullptr && track->state != TrackState::Confirmed;
    if (is_hidden) {
        return absent > std::max(settings.gap, kHiddenLimit);
    }
    return visit.misses >= kMissesNeeded || absent > std::max(settings.gap, kBlindLimit);
}

}  // namespace bongsu::behaviours
