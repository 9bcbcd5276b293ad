#pragma once

#include <algorithm>

namespace bongsu::triage {

/// How low the gate's threshold of one quiet camera may be. Slow or distant people score little
/// more than leaves in the wind; how much a scene without anybody scores differs with camera and
/// weather. So the threshold sinks a little with each picture in which nothing moved and rises with
/// each look at which the detector found nothing, until one picture in twenty is looked at in vain.
/// Runs on: one thread at a time.
class GateSensitivity {
public:
    struct Limits {
        float least = 7;
        float most = 12;
    };

    explicit GateSensitivity(Limits limits)
        : limits_{std::min(limits.least, limits.most), limits.most},
          threshold_((limits_.least + limits_.most) / 2) {}

    float threshold() const { return threshold_; }

    void nothing_moved() { threshold_ = std::max(limits_.least, threshold_ - kVain * kStep); }

    void looked_in_vain() { threshold_ = std::min(limits_.most, threshold_ + kStep); }

private:
    static constexpr float kStep = 1;
    static constexpr float kVain = 0.045F;  ///< looks in vain for each picture without movement

    Limits limits_;
    float threshold_;
};

}  // namespace bongsu::triage
