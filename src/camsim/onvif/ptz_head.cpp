#include "camsim/onvif/ptz_head.hpp"

#include <algorithm>
#include <array>

namespace bongsu::camsim {

namespace {

constexpr std::size_t kMostOrders = 1000;
constexpr double kUnitsPerSecond = 0.5;  // of the -1..1 range at full speed

struct Preset {
    const char* token;
    const char* name;
    PtzPlace place;
};

constexpr std::array<Preset, 3> kPresets{{
    {"1", "gate", {.pan = -0.5, .tilt = -0.1, .zoom = 0.3}},
    {"2", "street", {.pan = 0.4, .tilt = 0, .zoom = 0.1}},
    {"3", "overview", {.pan = 0, .tilt = 0.2, .zoom = 0}},
}};

PtzPlace moved(const PtzPlace& from, const PtzOrder& speed, Duration by) {
    const double way = kUnitsPerSecond * to_seconds(by);
    return {
        .pan = std::clamp(from.pan + speed.pan * way, -1.0, 1.0),
        .tilt = std::clamp(from.tilt + speed.tilt * way, -1.0, 1.0),
        .zoom = std::clamp(from.zoom + speed.zoom * way / 2, 0.0, 1.0),
    };
}

}  // namespace

PtzHead::PtzHead(const Clock& clock) : clock_(clock) {}

void PtzHead::move(double pan, double tilt, double zoom, Duration at_most) {
    const std::scoped_lock lock(mutex_);
    settle();
    speed_ = {.what = "ContinuousMove", .pan = pan, .tilt = tilt, .zoom = zoom, .preset = ""};
    until_ = since_ + at_most;
    from_.is_moving = true;
    note(speed_);
}

void PtzHead::stop() {
    const std::scoped_lock lock(mutex_);
    settle();
    from_.is_moving = false;
    note({.what = "Stop", .preset = ""});
}

void PtzHead::go_to(double pan, double tilt, double zoom) {
    const std::scoped_lock lock(mutex_);
    from_ = {.pan = pan, .tilt = tilt, .zoom = zoom};
    note({.what = "AbsoluteMove", .pan = pan, .tilt = tilt, .zoom = zoom, .preset = ""});
}

void PtzHead::go_home() {
    const std::scoped_lock lock(mutex_);
    from_ = {};
    note({.what = "GotoHomePosition", .preset = ""});
}

bool PtzHead::go_to_preset(const std::string& token) {
    const auto* found =
        std::ranges::find_if(kPresets, [&](const Preset& preset) { return token == preset.token; });
    if (found == kPresets.end()) {
        return false;
    }
    const std::scoped_lock lock(mutex_);
    from_ = found->place;
    note({.what = "GotoPreset", .preset = token});
    return true;
}

PtzPlace PtzHead::place() const {
    const std::scoped_lock lock(mutex_);
    const MonoTime now = clock_.mono();
    if (!from_.is_moving) {
        return from_;
    }
    PtzPlace place = moved(from_, speed_, std::min(now, until_) - since_);
    place.is_moving = now < until_;
    return place;
}

std::vector<PtzOrder> PtzHead::orders() const {
    const std::scoped_lock lock(mutex_);
    return orders_;
}

std::vector<std::pair<std::string, std::string>> PtzHead::presets() {
    std::vector<std::pair<std::string, std::string>> all;
    for (const Preset& preset : kPresets) {
        all.emplace_back(preset.token, preset.name);
    }
    return all;
}

/// Makes the present place the one to go on from.
void PtzHead::settle() {
    const MonoTime now = clock_.mono();
    if (from_.is_moving) {
        from_ = moved(from_, speed_, std::min(now, until_) - since_);
    }
    since_ = now;
}

void PtzHead::note(PtzOrder order) {
    if (orders_.size() == kMostOrders) {
        orders_.erase(orders_.begin());
    }
    orders_.push_back(std::move(order));
}

}  // namespace bongsu::camsim
