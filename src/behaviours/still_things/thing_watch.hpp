#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/still_things/bag_rests.hpp"
#include "behaviours/still_things/keepers.hpp"
#include "behaviours/still_things/patch.hpp"
#include "behaviours/still_things/still_ground.hpp"
#include "behaviours/still_things/whereabouts.hpp"

#include <optional>
#include <span>
#include <vector>

namespace bongsu::behaviours::still_things {

/// What counts as a thing and when it is left.
struct ThingRules {
    Change wanted = Change::Came;
    Duration rest{};         ///< it must have been at rest for so long
    Duration left_for{};     ///< and its keepers away for so long; unused when `waits` is false
    bool waits = true;       ///< whether it matters that they have left
    float leaving = 1.5F;    ///< body heights
    float smallest = 0.08F;  ///< longer side, in body heights of the nearest keeper
    float largest = 0.8F;
};

/// Something still that came or went while somebody was there.
struct Thing {
    Box box;  ///< pixels of the scene
    WallTime came;
    Keepers keepers;
    Patch patch;                          ///< empty when only the detector knows it
    Change change = Change::Came;         ///< what its patch tells at the latest look
    int told = 1;                         ///< looks at which its patch told something
    int agreed = 1;                       ///< and what is wanted
    float edges = 1;                      ///< see StillRegion
    int looks = 0;                        ///< that saw it since its keepers left
    std::optional<WallTime> clear_since;  ///< nothing of a person's size beside it since then
    bool is_in_sight = true;              ///< at the latest look
    int undone = 0;                       ///< looks in a row that saw it undone
    WallTime seen;                        ///< the latest look that saw it
    bool is_over = false;
    EpisodeId episode;  ///< for the behaviour's own use
};

/// Finds things that people leave or take, and follows them until that is undone. Two sources:
/// patches of the picture that changed and came to rest while somebody was beside them
/// (StillGround), and bags that the detector sees (only for things that came). Without a person
/// beside it nothing is a thing: leaves, shadows and doors change too.
///
/// Memory: 72 kB of ground, 16 kB of whereabouts, at most 40 kB of things, once a picture has come.
/// Runs on: the thread that evaluates the scene.
class ThingWatch {
public:
    struct Outcome {
        std::vector<Thing> ended;  ///< undone, changed, or out of sight for too long
        int noticed = 0;           ///< new suspicions
    };

    Outcome look(const Scene& scene, const ThingRules& rules);

    std::vector<Thing>& things() { return things_; }

    /// Whether all that the rules ask of this thing has come true.
    static bool is_due(const Thing& thing, const Scene& scene, const ThingRules& rules);

private:
    bool is_clear(const Thing& thing, const Scene& scene, float leaving) const;
    bool is_picture_due(const Scene& scene) const;
    bool take_picture(const Scene& scene, std::span<const std::uint8_t> covered);
    void look_again(
        const Scene& scene, const ThingRules& rules, std::span<const std::uint8_t> covered
    );
    void forget();
    bool was_ground(const StillRegion& region, const Scene& scene, const ThingRules& rules) const;
    int notice_patches(
        const Scene& scene, const ThingRules& rules, std::span<const std::uint8_t> covered
    );
    bool refresh(const StillRegion& region, const Box& box, Change wanted);
    std::optional<Keepers> keepers_at(
        const Box& box, WallTime departed, WallTime came, const ThingRules& rules
    ) const;

    int notice_bags(const Scene& scene, const ThingRules& rules);
    void look_for_bags(const Scene& scene);
    bool may_notice_more(std::size_t cells) const;

    Whereabouts whereabouts_;
    StillGround ground_;
    std::vector<Thing> things_;
    BagRests bags_;
    std::optional<WallTime> pictured_;
    bool has_lost_ = false;  ///< the signal, since the latest picture
    int width_ = 0;
    int height_ = 0;
};

}  // namespace bongsu::behaviours::still_things
