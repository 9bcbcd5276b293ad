#include "behaviours/slow_look.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::behaviours {

std::vector<FieldSpec> slow_look_fields(const SlowLookWords& words, FieldSpec own) {
    const auto seconds = [](std::string name, double fallback, std::string help) {
        return FieldSpec{
            .name = std::move(name),
            .type = FieldType::Seconds,
            .fallback = fallback,
            .min = 0,
            .max = 7200,
            .unit = "s",
            .help = std::move(help)
        };
    };
    FieldSpec every = seconds("look_every", 60, words.every);
    every.min = 5;
    every.max = 3600;
    return {
        std::move(every),
        std::move(own),
        seconds("after", 120, words.after),
        seconds("clear_after", 300, words.clear_after)
    };
}

SlowLook parse_slow_look(const Settings& settings, int samples) {
    const Duration every = settings.duration("look_every");
    return {
        .every = every,
        .times =
            {.after = std::max(settings.duration("after"), 2 * every),
             .clear_after = settings.duration("clear_after"),
             .tolerated_no = Duration{0},
             .samples = samples}
    };
}

bool has_view(const Scene& scene, float least_contrast) {
    return scene.frame != nullptr && scene.signal == SignalState::Up &&
           (!scene.quality || scene.quality->contrast >= least_contrast);
}

}  // namespace bongsu::behaviours
