#pragma once

#include "core/clock.hpp"
#include "domain/detection.hpp"
#include "domain/geometry.hpp"
#include "domain/pose.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace bongsu {

/// The stronger check behind a cheap rule: what a behaviour may ask about the pictures when it has
/// a reason to. Every answer may be nothing: no picture of this instant, too small to tell, the
/// budget is used up, the model is not installed. Nothing is never a yes and never a no; ask again
/// in the next scene. Valid during one scene. Runs on: the thread that evaluates the scene.
class SecondLook {
public:
    virtual ~SecondLook() = default;

    /// How the person in `person` (pixels of the source frame) holds his body. Some 4 ms.
    virtual std::optional<Pose> pose(const Box& person) = 0;

    /// How sure the named verifier (vision/verifiers) is, 0..1, that `where` (pixels of the source
    /// frame; empty: the whole picture) shows what it was made for. Verifiers of movement need the
    /// pictures of the last seconds: see keep_looking().
    virtual std::optional<float> verify(std::string_view verifier, const Box& where) = 0;

    /// Everybody in the picture, people far off and half hidden ones too. Each box's score is how
    /// surely it is one more person: the sum is how many people to expect. Some 250 ms, so a camera
    /// is answered once in four seconds.
    virtual std::optional<std::vector<Detection>> everybody() { return std::nullopt; }

    /// From now on for `time` every analysed instant has its picture, and the camera is followed.
    /// Costs the decoding; call it again while the reason lasts.
    virtual void keep_looking(Duration time) = 0;
};

}  // namespace bongsu
