#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bongsu::behaviours::still_things {

/// Shares of brightness, in overlapping steps of 16 grey levels.
class Histogram {
public:
    void add(std::uint8_t value) {
        const int step = value / kStep;
        const double share = static_cast<double>(value % kStep) / kStep;
        counts_[static_cast<std::size_t>(step)] += 1 - share;
        counts_[static_cast<std::size_t>(step) + 1] += share;
        ++total_;
    }

    /// Bhattacharyya coefficient: 1 for the same shares, 0 for none in common.
    double likeness(const Histogram& other) const {
        double sum = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            sum += std::sqrt(counts_[i] * other.counts_[i]);
        }
        return total_ > 0 && other.total_ > 0
                   ? sum / std::sqrt(static_cast<double>(total_) * other.total_)
                   : 0;
    }

private:
    static constexpr int kStep = 16;
    std::array<double, 17> counts_{};
    int total_ = 0;
};

}  // namespace bongsu::behaviours::still_things
