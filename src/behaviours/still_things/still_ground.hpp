#pragma once

#include "behaviours/still_things/cover.hpp"
#include "behaviours/still_things/picture_change.hpp"
#include "behaviours/still_things/small_picture.hpp"
#include "behaviours/still_things/still_region.hpp"
#include "core/clock.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::behaviours::still_things {

/// What has stood still for so long belongs to the ground.
inline constexpr Duration kBelongsAfter = std::chrono::seconds{60};

/// What the ground of a scene looked like before, and what it has looked like for the last moments:
/// two backgrounds of different speed (Porikli, Ivanov and Haga 2008). The slow one follows by one
/// grey level in two seconds where the picture agrees with it, and takes over what has stood still
/// for kBelongsAfter; the fast one is whatever was there at the latest look. A cell where the two
/// differ and the fast one stays is part of something still.
///
/// Whether that came or went is told by two signs (after San Miguel and Martinez 2008): a thing has
/// edges against what is around it and looks otherwise, bare ground has none and looks alike. The
/// picture, before or now, in which that holds is the one without the thing. Signs that contradict
/// each other tell nothing.
///
/// Each cell also counts for how long its ground was really seen: open, at rest and as it is
/// believed to be. Somebody who stands in the first picture is ground until he goes; how long a
/// place has been known, and forget(), keep what he leaves behind from being taken for a thing.
///
/// 87 kB. Runs on: the thread that evaluates the scene.
class StillGround {
public:
    enum class Sight {
        Good,
        Blind,      ///< most of the picture changed just now: nothing can be said
        Restarted,  ///< the first picture, or a view or light that stays otherwise: all is
                    ///< forgotten
    };

    /// Takes in one picture. What is seen at cells that `covered` does not mark as open never
    /// becomes ground.
    Sight look(const SmallPicture& picture, WallTime time, std::span<const std::uint8_t> covered);

    /// Patches that have been still for `still_for`; those of more than `most_cells` are left out.
    std::vector<StillRegion> regions(Duration still_for, std::size_t most_cells) const;

    /// Whether a cell looks otherwise than the ground, be it faintly.
    bool is_changed(std::size_t cell) const { return differs(cell, faint()); }

    /// Whether it does so beyond doubt: noise passes the faint limit somewhere in a large area.
    bool is_surely_changed(std::size_t cell) const { return differs(cell, other()); }

    /// The limits of this picture: those for a quiet one, wider where the sensor is noisy.
    Tolerance other() const { return within_noise(kOther, 6); }

    Tolerance faint() const { return within_noise(kFaint, 4); }

    /// Share of a box's cells that look like the ground, 1 where it has none.
    double likeness_to_ground(const CellRange& range) const;

    /// The ground there is not what it was taken for: it is learnt anew from what comes to rest.
    /// `changed_only`: only where something else is seen now.
    void forget(const CellRange& range, bool changed_only);

    /// Takes what is seen at these cells for ground.
    void adopt(std::span<const std::uint16_t> cells);

    /// Since when the ground has been learnt.
    WallTime since() const { return restarted_; }

    const SmallPicture& before() const { return before_; }

    const SmallPicture& now() const { return now_; }

    /// How much lighter the picture is as a whole than `before`, grey levels.
    int shift() const { return shift_; }

private:
    void restart(const SmallPicture& picture, WallTime time);
    double changed_share(const SmallPicture& picture) const;
    void settle(const SmallPicture& picture, int ticks);

    struct Learning {
        bool follows = false;  ///< the slow background makes a step
        bool is_new = false;   ///< the first moments
        int ticks = 0;         ///< since the look before
    };

    void learn(std::span<const std::uint8_t> covered, const Learning& learning);
    void follow(std::size_t cell);

    Tolerance within_noise(Tolerance least, float times) const {
        return {std::max(least.luma, static_cast<int>(times * noise_)), least.colour};
    }

    bool differs(std::size_t cell, Tolerance most) const;
    void judge(StillRegion& region, const std::vector<std::uint8_t>& inside) const;

    SmallPicture before_;
    SmallPicture now_;
    std::vector<std::uint8_t> still_;  ///< quarters of a second that a cell has not changed
    std::vector<std::uint8_t> away_;   ///< quarters of a second that a cell has not been ground
    std::vector<std::uint8_t> known_;  ///< quarters of a second that its ground was seen, in all
    int shift_ = 0;
    float noise_ = 0;  ///< median change of a cell from look to look, grey levels
    std::optional<WallTime> last_;
    Duration uncounted_{};  ///< less than a quarter of a second
    WallTime followed_;
    WallTime restarted_;
    std::optional<WallTime> blind_since_;
};

}  // namespace bongsu::behaviours::still_things
