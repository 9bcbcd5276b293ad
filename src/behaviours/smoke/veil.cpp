#include "behaviours/smoke/veil.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bongsu::behaviours::smoke {
namespace {

using still_things::kCells;
using still_things::kColumns;
using still_things::kRows;
using still_things::SmallPicture;

/// The usual look follows an unchanged tile with this time constant, and one that looks otherwise
/// so slowly that smoke of minutes does not become usual.
constexpr double kFollow = 30;  // seconds
constexpr double kFollowOther = 240;
constexpr Duration kLongestStep = std::chrono::seconds{3};
/// Nothing is said before so much has been seen.
constexpr Duration kFirstLook = std::chrono::seconds{5};
constexpr int kFirstLooks = 5;
/// So much of the picture looks otherwise: fog, rain, another light or view.
constexpr float kMostChanged = 0.5F;
constexpr Duration kBlindFor = std::chrono::seconds{20};
/// A tile is changed from so many grey levels on, or so many times the noise.
constexpr float kLeastChange = 7;
constexpr float kNoiseTimes = 5;
/// Edges weaker than this (grey levels from cell to cell) cannot be followed through a veil.
constexpr float kLeastEdges = 2.2F;
/// A veil lets at most so much through, and a sheer one at least so much.
constexpr float kMostClear = 0.92F;
constexpr float kLeastClear = 0.12F;
/// What does not come from the background, over what does: edges of its own.
constexpr float kMostForeign = 0.45F;
constexpr float kLeastCorrelation = 0.55F;
/// Colour may be off the way to grey by so much.
constexpr float kOffColour = 6;

std::size_t cell_at(int x, int y) {
    const int cell = y * kColumns + x;
    return static_cast<std::size_t>(cell);
}

/// The edges of a background and of the same place now.
struct Edges {
    int count = 0;
    float sum_b = 0;
    float sum_n = 0;
    float bb = 0;
    float nn = 0;
    float bn = 0;

    void add(float b, float n) {
        ++count;
        sum_b += b;
        sum_n += n;
        bb += b * b;
        nn += n * n;
        bn += b * n;
    }

    /// Variances and covariance of the edges: an even slope, as the border of smoke, is none.
    void finish() {
        const auto n = static_cast<float>(std::max(1, count));
        bb = std::max(0.F, bb / n - sum_b / n * sum_b / n);
        nn = std::max(0.F, nn / n - sum_n / n * sum_n / n);
        bn = bn / n - sum_b / n * sum_n / n;
    }

    Edges& operator+=(const Edges& other) {
        bb += other.bb;
        nn += other.nn;
        bn += other.bn;
        return *this;
    }
};

/// Distance of the colour now from the way between grey and the usual colour.
float off_the_way_to_grey(float usual_u, float usual_v, float u, float v) {
    const float length = usual_u * usual_u + usual_v * usual_v;
    const float along = length > 1 ? std::clamp((u * usual_u + v * usual_v) / length, 0.F, 1.F) : 0;
    return std::hypot(u - along * usual_u, v - along * usual_v);
}

/// The up to eight tiles around one.
template <class Visit>
void for_neighbours(std::size_t tile, const Visit& visit) {
    const int x = static_cast<int>(tile) % kTileColumns;
    const int y = static_cast<int>(tile) / kTileColumns;
    for (int row = std::max(0, y - 1); row <= std::min(kTileRows - 1, y + 1); ++row) {
        for (int column = std::max(0, x - 1); column <= std::min(kTileColumns - 1, x + 1);
             ++column) {
            if (row != y || column != x) {
                const int other = row * kTileColumns + column;
                visit(static_cast<std::size_t>(other));
            }
        }
    }
}

template <class Value>
float quantile(std::vector<Value>& values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + at);
    return static_cast<float>(values[static_cast<std::size_t>(at)]);
}

}  // namespace

Background::Look Background::look(
    const SmallPicture& picture, WallTime time, std::span<const std::uint8_t> hidden
) {
    if (!last_ || time < *last_) {
        restart(picture, time);
        return Look::Learning;
    }
    const Duration elapsed = std::min<Duration>(time - *last_, kLongestStep);
    last_ = time;
    ++looks_;
    if (mark_changes(picture, hidden)) {
        blind_since_ = blind_since_.value_or(time);
        if (time - *blind_since_ >= kBlindFor) {
            restart(picture, time);
        }
        return Look::Blind;
    }
    blind_since_.reset();
    const bool is_known = looks_ >= kFirstLooks && time - since_ >= kFirstLook;
    for (std::size_t tile = 0; is_known && tile < kTiles; ++tile) {
        if (sights_[tile] != Sight::Same && hidden[tile] == 0) {
            sights_[tile] = judge(picture, tile);
        }
    }
    learn(picture, elapsed, hidden);
    return is_known ? Look::Good : Look::Learning;
}

void Background::restart(const SmallPicture& picture, WallTime time) {
    luma_.assign(picture.luma.begin(), picture.luma.end());
    u_.assign(picture.u.begin(), picture.u.end());
    v_.assign(picture.v.begin(), picture.v.end());
    change_.assign(kTiles, 0);
    sights_.assign(kTiles, Sight::Same);
    clear_.assign(kTiles, 0);
    shade_.assign(kTiles, 0);
    noise_ = 0;
    looks_ = 0;
    last_ = time;
    since_ = time;
    blind_since_.reset();
}

bool Background::mark_changes(const SmallPicture& picture, std::span<const std::uint8_t> hidden) {
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        const int x = static_cast<int>(tile) % kTileColumns * 2;
        const int y = static_cast<int>(tile) / kTileColumns * 2;
        float sum = 0;
        for (const std::size_t cell :
             {cell_at(x, y), cell_at(x + 1, y), cell_at(x, y + 1), cell_at(x + 1, y + 1)}) {
            sum += static_cast<float>(picture.luma[cell]) - luma_[cell];
        }
        change_[tile] = sum / 4;
    }
    thread_local std::vector<float> sorted;
    sorted = change_;
    const float shift = quantile(sorted, 0.5);
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        sorted[tile] = std::abs(change_[tile] - shift);
    }
    noise_ += 0.1F * (quantile(sorted, 0.5) - noise_);
    const float least = std::max(kLeastChange, kNoiseTimes * noise_);
    int changed = 0;
    int open = 0;
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        change_[tile] -= shift;
        const bool is_changed = std::abs(change_[tile]) >= least || hidden[tile] != 0;
        sights_[tile] = is_changed ? Sight::Other : Sight::Same;
        open += hidden[tile] == 0 ? 1 : 0;
        changed += hidden[tile] == 0 && is_changed ? 1 : 0;
    }
    return std::abs(shift) > 2 * kLeastChange ||
           static_cast<float>(changed) > kMostChanged * static_cast<float>(std::max(1, open));
}

Sight Background::judge(const SmallPicture& picture, std::size_t tile) {
    const int x = static_cast<int>(tile) % kTileColumns * 2;
    const int y = static_cast<int>(tile) / kTileColumns * 2;
    const int left = std::max(0, x - 2);
    const int top = std::max(0, y - 2);
    const int right = std::min(kColumns - 1, x + 3);
    const int bottom = std::min(kRows - 1, y + 3);
    Edges across;
    Edges down;
    float usual = 0;
    float now = 0;
    for (int row = top; row < bottom; ++row) {
        for (int column = left; column < right; ++column) {
            const std::size_t cell = cell_at(column, row);
            const float b = luma_[cell];
            const auto n = static_cast<float>(picture.luma[cell]);
            across.add(luma_[cell + 1] - b, static_cast<float>(picture.luma[cell + 1]) - n);
            down.add(
                luma_[cell + kColumns] - b, static_cast<float>(picture.luma[cell + kColumns]) - n
            );
            usual += b;
            now += n;
        }
    }
    const auto count = static_cast<float>(across.count);
    across.finish();
    down.finish();
    across += down;
    const float off = off_the_way_to_grey(
        u_[tile] - 128,
        v_[tile] - 128,
        static_cast<float>(picture.u[tile]) - 128,
        static_cast<float>(picture.v[tile]) - 128
    );
    if (off > kOffColour) {
        return Sight::Other;
    }
    const float least = 2 * kLeastEdges * kLeastEdges;
    if (across.bb < least) {
        return across.nn < least ? Sight::Plain : Sight::Other;
    }
    const float clear = across.bn / across.bb;
    const float foreign = across.nn - across.bn * clear;
    if (clear > kMostClear || foreign > kMostForeign * across.bb) {
        return Sight::Other;
    }
    if (clear < kLeastClear || across.bn < kLeastCorrelation * std::sqrt(across.bb * across.nn)) {
        return across.nn < std::max(least, 0.1F * across.bb) ? Sight::Plain : Sight::Other;
    }
    clear_[tile] = clear;
    shade_[tile] = (now - clear * usual) / count / (1 - clear);
    return Sight::Sheer;
}

void Background::learn(
    const SmallPicture& picture, Duration elapsed, std::span<const std::uint8_t> hidden
) {
    const double step = to_seconds(elapsed);
    const double first = 1.0 / (looks_ + 1);
    const auto same = static_cast<float>(std::max(first, 1 - std::exp(-step / kFollow)));
    const auto other = static_cast<float>(std::max(first, 1 - std::exp(-step / kFollowOther)));
    double sum = 0;
    for (std::size_t cell = 0; cell < kCells; ++cell) {
        const std::size_t tile = still_things::colour_of(cell);
        const float rate = hidden[tile] != 0 ? 0 : sights_[tile] == Sight::Same ? same : other;
        luma_[cell] += rate * (static_cast<float>(picture.luma[cell]) - luma_[cell]);
        sum += static_cast<double>(luma_[cell]);
    }
    brightness_ = static_cast<float>(sum / static_cast<double>(kCells));
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        const float rate = hidden[tile] != 0 ? 0 : sights_[tile] == Sight::Same ? same : other;
        u_[tile] += rate * (static_cast<float>(picture.u[tile]) - u_[tile]);
        v_[tile] += rate * (static_cast<float>(picture.v[tile]) - v_[tile]);
    }
}

std::vector<Patch> Background::patches(std::size_t least_tiles) const {
    thread_local std::vector<std::uint8_t> open;
    open.assign(kTiles, 0);
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        open[tile] = is_veiled(tile) ? 1 : 0;
    }
    std::vector<Patch> found;
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
        if (open[tile] == 0) {
            continue;
        }
        Patch patch = take(open, tile);
        if (patch.tiles.size() >= least_tiles) {
            measure(patch);
            found.push_back(std::move(patch));
        }
    }
    std::ranges::sort(found, std::greater{}, [](const Patch& patch) { return patch.tiles.size(); });
    return found;
}

Patch Background::take(std::vector<std::uint8_t>& open, std::size_t first) {
    Patch patch;
    patch.tiles.push_back(static_cast<std::uint16_t>(first));
    open[first] = 0;
    for (std::size_t next = 0; next < patch.tiles.size(); ++next) {
        const std::size_t tile = patch.tiles[next];
        for_neighbours(tile, [&](std::size_t other) {
            if (open[other] != 0) {
                open[other] = 0;
                patch.tiles.push_back(static_cast<std::uint16_t>(other));
            }
        });
        const auto x = static_cast<float>(tile % kTileColumns);
        const std::size_t row = tile / kTileColumns;
        const auto y = static_cast<float>(row);
        patch.box = enclosing(patch.box, {x, y, 1, 1});
    }
    std::ranges::sort(patch.tiles);
    return patch;
}

void Background::measure(Patch& patch) const {
    std::vector<float> strengths;
    std::vector<float> shades;
    float clear = 0;
    float border = 0;
    int borders = 0;
    std::vector<std::uint16_t> foreign;
    for (const std::size_t tile : patch.tiles) {
        strengths.push_back(std::abs(change_[tile]));
        if (sights_[tile] == Sight::Sheer) {
            shades.push_back(shade_[tile]);
            clear += clear_[tile];
        }
        bool is_border = false;
        for_neighbours(tile, [&](std::size_t other) {
            is_border = is_border || sights_[other] == Sight::Same;
            if (sights_[other] == Sight::Other) {
                foreign.push_back(static_cast<std::uint16_t>(other));
            }
        });
        border += is_border ? std::abs(change_[tile]) : 0;
        borders += is_border ? 1 : 0;
    }
    std::ranges::sort(foreign);
    const auto repeated = std::ranges::unique(foreign);
    foreign.erase(repeated.begin(), repeated.end());
    const auto count = static_cast<float>(patch.tiles.size());
    patch.veiled = count / (count + static_cast<float>(foreign.size()));
    patch.sheer = static_cast<float>(shades.size()) / count;
    patch.clearness = clear / std::max(1.F, static_cast<float>(shades.size()));
    patch.shade = quantile(shades, 0.5);
    for (float& shade : shades) {
        shade = std::abs(shade - patch.shade);
    }
    patch.unevenness = quantile(shades, 0.5);
    patch.strength = quantile(strengths, 0.8);
    patch.border =
        border / std::max(1.F, static_cast<float>(borders)) / std::max(1.F, patch.strength);
}

}  // namespace bongsu::behaviours::smoke
