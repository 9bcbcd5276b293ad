#pragma once

#include "behaviours/still_things/small_picture.hpp"
#include "core/clock.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::behaviours::still_things {

/// What has stood still for so long belongs to the ground.
inline constexpr Duration kBelongsAfter = std::chrono::seconds{60};

/// Marks of cells: nobody is there, somebody or a vehicle is beside it, or hides it.
inline constexpr std::uint8_t kOpen = 0;
inline constexpr std::uint8_t kBeside = 1;
inline constexpr std::uint8_t kHidden = 2;

/// What a patch of the picture that changed and came to rest tells about itself.
enum class Change {
    Came,   ///< something stands there that did not
    Went,   ///< something that stood there does not
    Light,  ///< the same surface under another light
    Unsure,
};

/// A connected patch that looks otherwise than before and has been still for a while.
struct StillRegion {
    std::vector<std::uint16_t> cells;  ///< ascending
    CellRange range;
    Duration still{};  ///< how long the median cell has looked as it does
    Duration away{};   ///< how long ago it last looked as before: when somebody came, or hid it
    Change change = Change::Unsure;
    float edges = 1;  ///< contrast along its border now, over the contrast there before
};

/// How far two looks of a cell may be apart and still be the same surface.
struct Tolerance {
    int luma = 0;    ///< grey levels
    int colour = 0;  ///< both differences together
};

inline constexpr Tolerance kOther{16, 30};  ///< beyond it another thing, without doubt
inline constexpr Tolerance kFaint{
    8, 8
};  ///< beyond it perhaps a part of one: cells are means, noise is small

/// The second picture is lighter by `shift` as a whole.
bool is_same(
    const SmallPicture& a, const SmallPicture& b, std::size_t cell, int shift, Tolerance most
);

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
/// 72 kB. Runs on: the thread that evaluates the scene.
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
    void settle(const SmallPicture& picture, Duration elapsed);
    void learn(std::span<const std::uint8_t> covered, bool follows, bool is_new);

    Tolerance within_noise(Tolerance least, float times) const {
        return {std::max(least.luma, static_cast<int>(times * noise_)), least.colour};
    }

    bool differs(std::size_t cell, Tolerance most) const;
    void judge(StillRegion& region, const std::vector<std::uint8_t>& inside) const;
    using IsAround = std::function<bool(std::size_t)>;
    float border_contrast(const StillRegion& region, const IsAround& is_around) const;
    bool is_light(const StillRegion& region) const;

    SmallPicture before_;
    SmallPicture now_;
    std::vector<std::uint8_t> still_;  ///< quarters of a second that a cell has not changed
    std::vector<std::uint8_t> away_;   ///< quarters of a second that a cell has not been ground
    int shift_ = 0;
    float noise_ = 0;  ///< median change of a cell from look to look, grey levels
    std::optional<WallTime> last_;
    WallTime followed_;
    WallTime restarted_;
    std::optional<WallTime> blind_since_;
};

}  // namespace bongsu::behaviours::still_things
