#pragma once

#include "behaviours/still_things/small_picture.hpp"
#include "core/clock.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::behaviours::smoke {

/// A tile is a block of two by two cells of a small picture: one sample of colour.
inline constexpr int kTileColumns = still_things::kColourColumns;
inline constexpr int kTileRows = still_things::kColourRows;
inline constexpr std::size_t kTiles = still_things::kColourCells;

/// How a tile looks beside what is usually seen there.
enum class Sight : std::uint8_t {
    Same,
    Other,  ///< something else
    Plain,  ///< something without edges of its own; whether anything shines through cannot be told
    Sheer,  ///< the same edges, weaker, and the colours paler: seen through a veil
};

/// A connected patch of the picture that may be seen through a veil.
struct Patch {
    std::vector<std::uint16_t> tiles;  ///< ascending
    Box box;                           ///< tiles: 0..80, 0..45
    float veiled = 0;                  ///< it, over it and what touches it and is something else
    float sheer = 0;                   ///< share of its tiles that is sheer; the others are plain
    float clearness =
        0;            ///< how much of the background's edges shines through the sheer ones, 0..1
    float shade = 0;  ///< luma of the veil itself, the median over sheer tiles
    float unevenness = 0;  ///< how far that differs from tile to tile, the median
    float strength = 0;    ///< how far most of it is from the background's luma, grey levels
    float border = 0;      ///< the same at its outermost tiles, over `strength`: soft is small
};

/// What a scene usually looks like, learnt slowly, and where it looks as if something grey and half
/// transparent were before it: picture = a * smoke + (1 - a) * background with one shade of smoke.
/// 90 kB. Runs on: the thread that evaluates the scene.
class Background {
public:
    enum class Look {
        Learning,  ///< too little has been seen
        Blind,     ///< much of the picture changed: light, weather, another view
        Good,
    };

    /// Takes in one picture. `hidden` tiles (people, vehicles; not 0) are neither judged nor
    /// learnt.
    Look look(
        const still_things::SmallPicture& picture,
        WallTime time,
        std::span<const std::uint8_t> hidden
    );

    /// Of the latest picture, largest first; small ones are left out.
    std::vector<Patch> patches(std::size_t least_tiles) const;

    Sight sight(std::size_t tile) const { return sights_[tile]; }

    /// Luma of what is usually seen, mean of the picture.
    float brightness() const { return brightness_; }

private:
    void restart(const still_things::SmallPicture& picture, WallTime time);
    void learn(
        const still_things::SmallPicture& picture,
        Duration elapsed,
        std::span<const std::uint8_t> hidden
    );
    /// Whether too much has changed.
    bool mark_changes(
        const still_things::SmallPicture& picture, std::span<const std::uint8_t> hidden
    );
    Sight judge(const still_things::SmallPicture& picture, std::size_t tile);
    static Patch take(std::vector<std::uint8_t>& open, std::size_t first);

    bool is_veiled(std::size_t tile) const {
        return sights_[tile] == Sight::Plain || sights_[tile] == Sight::Sheer;
    }

    void measure(Patch& patch) const;

    std::vector<float> luma_;  ///< usual, by cell
    std::vector<float> u_;     ///< by tile
    std::vector<float> v_;
    std::vector<float> change_;  ///< of luma, by tile, against the usual
    std::vector<Sight> sights_;
    std::vector<float> clear_;  ///< of sheer tiles: how much shines through
    std::vector<float> shade_;  ///< of sheer tiles
    float brightness_ = 0;
    float noise_ = 0;  ///< median change of an unchanged tile, grey levels
    int looks_ = 0;
    std::optional<WallTime> last_;
    WallTime since_;
    std::optional<WallTime> blind_since_;
};

}  // namespace bongsu::behaviours::smoke
