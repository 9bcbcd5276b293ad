#pragma once

#include "behaviours/still_things/whereabouts.hpp"
#include "domain/scene.hpp"

#include <optional>
#include <vector>

namespace bongsu::behaviours::still_things {

/// The people who were at a thing when it came or went, nearest first, and whether all of them have
/// left it. Somebody is there while he is within `leaving` body heights of the thing, and while the
/// tracker has lost him but not given him up. A track that begins where a keeper's ended goes on as
/// that keeper: the tracker changed its number.
class Keepers {
public:
    Keepers() = default;
    explicit Keepers(const std::vector<Sighting>& people);

    bool is_empty() const { return people_.empty(); }

    void update(const Scene& scene, const Box& thing, float leaving);

    /// Since when nobody of them has been there, later by as long as one passed there in between;
    /// nothing while somebody is there.
    std::optional<WallTime> left_since() const { return returned_ ? std::nullopt : left_since_; }

    /// Whether each of them was seen going: one who was lost beside the thing may still be there,
    /// unseen.
    bool were_seen_leaving() const;

    /// When the last of those who were not seen going was seen.
    WallTime lost_at() const;

    /// The nearest, by all the numbers that the tracker gave him.
    const std::vector<TrackId>& tracks() const { return people_.front().tracks; }

    float height() const { return people_.front().last.h; }

    Box last_box() const { return people_.front().last; }

private:
    struct Person {
        std::vector<TrackId> tracks;  ///< the latest last; bounded
        Box last;
        WallTime seen;
        bool is_near = true;
        bool is_gone = false;      ///< no track of his is there any more
        bool was_leaving = false;  ///< last seen away from the thing or at the picture's border
    };

    static void follow(Person& person, const Scene& scene, const Box& thing, float leaving);
    static void hand_over(Person& person, const Scene& scene);

    std::vector<Person> people_;
    std::optional<WallTime> left_since_;
    std::optional<WallTime> returned_;  ///< since when somebody is there
};

}  // namespace bongsu::behaviours::still_things
