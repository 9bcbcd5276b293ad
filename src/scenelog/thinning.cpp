#include "scenelog/thinning.hpp"

namespace bongsu::scenelog {

bool Thinning::wants(const Scene& scene) {
    if (!scene.tracks.empty()) {
        last_track_ = scene.time;
    }
    const bool is_quiet =
        last_track_ && scene.time >= *last_track_ && scene.time - *last_track_ > quiet_after_;
    last_track_ = last_track_.value_or(scene.time);  // the beginning counts as busy
    const bool is_due =
        !kept_ || scene.time < kept_->time || scene.time - kept_->time >= quiet_every_;
    if (is_quiet && !is_due && !differs(scene)) {
        return false;
    }
    kept_ = Kept{
        .time = scene.time,
        .width = scene.width,
        .height = scene.height,
        .signal = scene.signal,
        .level = scene.level,
        .has_quality = scene.quality.has_value(),
        .is_identical = scene.quality && scene.quality->is_identical,
    };
    return true;
}

bool Thinning::differs(const Scene& scene) const {
    return scene.width != kept_->width || scene.height != kept_->height ||
           scene.signal != kept_->signal || scene.level != kept_->level ||
           scene.quality.has_value() != kept_->has_quality ||
           (scene.quality && scene.quality->is_identical) != kept_->is_identical;
}

}  // namespace bongsu::scenelog
