#pragma once

#include "core/clock.hpp"
#include "domain/scene.hpp"

#include <array>
#include <optional>

namespace bongsu::behaviours {

/// Figures of a view that hardly depend on how much light there is.
struct ViewFigures {
    float luma = 0;
    float relative_contrast = 0;  ///< contrast for each grey level of brightness
    float focus =
        0;  ///< sharpness for each grey level of contrast: falls with blur, not with light
    float similarity = 0;  ///< to the learnt background

    static ViewFigures of(const ViewQuality& quality);
};

/// What is usual for one camera's view, learnt from scenes that a behaviour takes for healthy. Day,
/// dusk and night (and the infrared picture) look different, so each band of brightness has its own
/// averages.
class ViewBaseline {
public:
    void learn(const ViewQuality& quality, WallTime now);

    /// The usual figures at this brightness; nothing before some 20 pictures over 20 s were learnt.
    std::optional<ViewFigures> usual_at(float luma) const;

    /// The usual figures at the brightness that was learnt last.
    std::optional<ViewFigures> latest() const;

private:
    struct Band {
        ViewFigures mean;
        int samples = 0;
        WallTime first;
        WallTime last;
    };

    static std::size_t band_of(float luma);
    static std::optional<ViewFigures> figures(const Band& band);

    std::array<Band, 4> bands_{};
    std::optional<std::size_t> latest_;
};

}  // namespace bongsu::behaviours
