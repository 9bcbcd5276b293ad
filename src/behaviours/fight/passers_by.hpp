#pragma once

#include "core/clock.hpp"
#include "domain/scene.hpp"

#include <cstddef>
#include <deque>

namespace bongsu::behaviours::fight {

/// How many people walk through the picture, now and in the last three seconds. Two who walk past
/// each other look like two who fight for as long as the verifier's pictures show them together;
/// and of many who walk, the verifier judges those who look most like it.
class PassersBy {
public:
    /// Counts those of this scene. Whom the tracker finds when something begins to move was there
    /// before; later ones who appear at the sides have just walked in.
    void watch(const Scene& scene);

    /// Whether there are two who could walk past each other.
    bool may_pass() const;

    /// How sure the verifier's answers must be, 0..1; not below `threshold`. Rises with everybody
    /// who walks beyond two.
    float needed(float threshold) const;

private:
    struct Count {
        WallTime time;
        std::size_t people = 0;
    };

    void note_life(const Scene& scene);
    std::size_t most() const;

    std::deque<Count> counts_;  ///< of the last three seconds, oldest first
    WallTime alive_since_;      ///< somebody is followed, or something moves
    WallTime last_sign_;
};

}  // namespace bongsu::behaviours::fight
