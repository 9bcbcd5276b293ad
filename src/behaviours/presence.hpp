#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/place.hpp"
#include "core/settings.hpp"
#include "domain/scene.hpp"
#include "domain/track.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// Which objects a rule looks at and when one of them counts as being in an area.
struct PresenceSettings {
    std::vector<ObjectClass> classes{ObjectClass::Person};
    float min_score = 0;  ///< tracks whose present score is lower are not observed
    HitTest hit_test = HitTest::Foot;
    int corners_needed = 3;  ///< for HitTest::Corners, 1..4
    Duration gap{};          ///< an absence no longer than this does not end a visit
    float handover = 1;      ///< see Visits, in box heights; 0: never

    bool watches(const Track& track) const;
};

/// Rows for these settings; `default_gap` in seconds differs between behaviours.
std::vector<FieldSpec> presence_fields(double default_gap);
/// Without `gap` and `handover`: for behaviours that follow no stays.
std::vector<FieldSpec> watch_fields();
/// Only the row for `classes`.
FieldSpec classes_field();
Result<std::vector<ObjectClass>> parse_classes(const Settings& settings, std::string_view path);
/// What watch_fields() says; the rest stays as it is by default.
Result<PresenceSettings> parse_watch(const Settings& settings, std::string_view path);
Result<PresenceSettings> parse_presence(const Settings& settings, std::string_view path);

/// The stay of one object in one area, absences up to the gap tolerance included.
struct Visit {
    std::size_t place = 0;        ///< index of the area
    std::vector<TrackId> tracks;  ///< the last one is followed now; earlier ones were handed over
    WallTime entered;             ///< first observation inside
    WallTime last_inside;         ///< latest observation inside
    Duration inside{};            ///< time observed inside, absences bridged, excursions not
    int samples_inside = 0;
    int samples_outside = 0;
    float deepest = 0;  ///< of all observations, in box heights
    float depth = 0;    ///< of the latest observation inside
    float score_sum = 0;
    Box box;                   ///< at the latest observation inside
    int misses = 0;            ///< looks since then that did not find the object
    bool was_outside = false;  ///< at the latest observation
    EpisodeId episode;         ///< for the behaviour's own use

    /// More often inside than outside since it entered: jitter along the border is not.
    bool is_mostly_inside() const { return samples_inside > samples_outside; }

    /// Mean detection score, lowered to 70 % for someone who never got further in than the very
    /// border.
    float confidence() const;
};

/// Follows who is in which area. A track that was lost inside and that the tracker has not given up
/// ends its visit only after five seconds: it is hidden, not gone. A track that disappears inside
/// an area and another that appears near the same spot within the gap tolerance are taken for one
/// object (the tracker changed its number), so that dwell times survive.
class Visits {
public:
    /// Brings the visits up to the scene and returns those that ended; their end is `last_inside`.
    std::vector<Visit> update(
        const Scene& scene, std::span<const Place> places, const PresenceSettings& settings
    );

    std::vector<Visit>& open() { return open_; }

private:
    void observe(
        const Scene& scene,
        const Track& track,
        std::span<const Place> places,
        const PresenceSettings& settings
    );
    Visit* find(std::size_t place, TrackId track);
    Visit* find_vanished(
        const Scene& scene, std::size_t place, const Track& track, const PresenceSettings& settings
    );
    Visit start(
        const Scene& scene, const Track& track, const Place& place, const PresenceSettings& settings
    ) const;
    bool has_ended(const Visit& visit, const Scene& scene, const PresenceSettings& settings) const;

    std::vector<Visit> open_;
    std::optional<WallTime> since_;  ///< first scene seen: nothing before it may be judged
};

}  // namespace bongsu::behaviours
