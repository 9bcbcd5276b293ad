#pragma once

#include "behaviours/fall/body_watch.hpp"
#include "core/clock.hpp"
#include "domain/geometry.hpp"

#include <optional>

namespace bongsu::behaviours::fall {

/// From when on somebody counts as fallen.
struct FallSettings {
    float least_drop = 0.4F;  ///< of the head, in heights of the standing body
    Duration longest_drop = std::chrono::milliseconds{1400};
    Duration stays_down = std::chrono::milliseconds{1000};
};

/// What the latest seconds of one body say.
enum class Stage {
    Up,       ///< or cannot be told
    Dropped,  ///< fast and far enough; whether he stays down is not known yet
    Fallen,   ///< and has not been seen up since
};

/// What a judgement rests on.
enum class Basis {
    Pose,    ///< he was seen lying
    Motion,  ///< he dropped and was not seen up again; no pose of him lying can be read
};

/// Judges one body from scene to scene. Falling is fast, takes head and hips down and ends with a
/// trunk that is not upright; bending leaves the hips up, sitting and squatting leave the trunk
/// upright, lying down takes its time.
class FallJudge {
public:
    /// `picture` is the whole picture.
    Stage judge(const Body& body, WallTime now, const Box& picture, const FallSettings& settings);

    /// When he was last seen up before he dropped.
    WallTime began() const { return before_ ? before_->time : WallTime{}; }

    Basis basis() const { return basis_; }

private:
    /// Where he was before he went down.
    struct Before {
        WallTime time;
        float head = 0;  ///< row of the picture
        float hips = 0;
        float feet = 0;  ///< the lowest joint that was seen
    };

    static std::optional<Before> before(const Body& body, const BodySample& low);
    static bool may_have_left(const Body& body, const Before& up, const Box& picture);
    bool is_fast(
        const Body& body, const Before& up, const BodySample& down, const FallSettings& settings
    ) const;
    bool was_lost_dropping(const Body& body, const Before& up, const BodySample& found) const;
    void take(
        const Body& body, const BodySample& sample, const Box& picture, const FallSettings& settings
    );
    void look_for_loss(const Body& body, WallTime now, const Box& picture);
    void settle(const Body& body, WallTime now, const Box& picture, const FallSettings& settings);

    Stage stage_ = Stage::Up;
    Basis basis_ = Basis::Pose;
    std::optional<Before> before_;  ///< set from the drop on
    WallTime down_since_{};
    WallTime last_down_{};
    WallTime now_{};     ///< of the latest scene
    Duration unseen_{};  ///< from the scene before to it, as far as it is long
    WallTime judged_{};  ///< latest sample that was looked at
    int downs_ = 0;      ///< samples in which he was down
    int others_ = 0;     ///< since he dropped, in which he was not
    int ups_ = 0;        ///< the latest ones in a row in which he was up
};

}  // namespace bongsu::behaviours::fall
