#pragma once

#include "behaviours/hold.hpp"
#include "core/settings.hpp"
#include "domain/scene.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu::behaviours {

/// How a behaviour looks that watches something that changes over minutes, such as the weather:
/// now and then, and never on the strength of one look.
struct SlowLook {
    Duration every{};
    Hold::Times times;

    bool is_due(const Scene& scene, std::optional<WallTime> last) const {
        return !last || scene.time - *last >= every;
    }
};

/// Helps of the rows, which name what is watched.
struct SlowLookWords {
    std::string every;
    std::string after;
    std::string clear_after;
};

/// The row `look_every`, then `own`, then `after` and `clear_after`.
std::vector<FieldSpec> slow_look_fields(const SlowLookWords& words, FieldSpec own);

/// `after` lasts at least two looks. `samples`: looks that must agree.
SlowLook parse_slow_look(const Settings& settings, int samples);

/// Whether the scene has a picture that shows anything: signal, and at least so much contrast.
bool has_view(const Scene& scene, float least_contrast);

}  // namespace bongsu::behaviours
