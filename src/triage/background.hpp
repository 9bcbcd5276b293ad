#pragma once

#include "core/clock.hpp"
#include "triage/grid.hpp"

#include <vector>

namespace bongsu::triage {

struct BackgroundSettings {
    Duration adapt =
        std::chrono::seconds{12};  ///< time constant where the picture agrees with the background
    Duration resist = std::chrono::seconds{66};  ///< time constant where it does not
    Duration absorb_after =
        std::chrono::seconds{30};  ///< something new that stands still this long becomes background
};

/// What each cell of an empty scene looks like: a running mean and a running mean absolute
/// deviation ("noise"), learnt slowly where something new stands. All values in grey levels. Runs
/// on: one thread at a time.
class Background {
public:
    explicit Background(BackgroundSettings settings = {}) : settings_(settings) {}

    bool is_empty() const { return mean_.empty(); }

    /// Forgets everything and starts from one picture.
    void restart(const CellValues& picture);
    /// Takes over the picture of one cell at once, keeping its noise.
    void adopt(std::size_t cell, float value);

    const CellValues& mean() const { return mean_; }

    const CellValues& noise() const { return noise_; }

    /// Above this absolute difference a cell is foreground.
    float limit(std::size_t cell) const { return 6 * noise_[cell] + 4; }

    /// Learns from one picture, `since_last` after the previous one. `difference` = picture - mean
    /// without the common shift; `movement` = absolute difference to the previous picture,
    /// likewise.
    void learn(
        const CellValues& picture,
        const CellValues& difference,
        const CellValues& movement,
        Duration since_last
    );

private:
    BackgroundSettings settings_;
    CellValues mean_;
    CellValues noise_;
    CellValues held_;  ///< seconds that a still foreground has stood
};

}  // namespace bongsu::triage
