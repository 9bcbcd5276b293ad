#include "pipeline/picture_second_look.hpp"

#include <algorithm>
#include <span>

namespace bongsu::pipeline {
namespace {

/// What verifiers of movement may look back on: three seconds at ten pictures a second.
constexpr Duration kMemory = std::chrono::seconds{3};
constexpr std::size_t kMostPictures = 32;
/// Of large pictures fewer are kept: 32 of 720p, 4 of 4K.
constexpr std::size_t kMostBytes = 48UL << 20;

/// Between instants a picture is kept when it is so much later than the one before.
constexpr Duration kApart = std::chrono::milliseconds{80};

/// Looks at one instant: more people than this wait for the next one.
constexpr int kMostPoses = 4;
constexpr int kMostVerifications = 3;

/// Between two looks at everybody: they cost as much as a hundred at one person.
constexpr Duration kBetweenCrowds = std::chrono::seconds{4};

/// A behaviour may ask for pictures for so long at once.
constexpr Duration kLongest = std::chrono::seconds{30};

/// In I420.
std::size_t bytes_of(const Frame& frame) {
    return static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * 3 / 2;
}

}  // namespace

void PictureSecondLook::begin(WallTime time, const Frame* frame, bool may_look) {
    if (time < now_) {
        recent_.clear();
        until_ = WallTime{};
        next_crowd_ = WallTime{};
    }
    now_ = time;
    frame_ = frame;
    poses_left_ = may_look ? kMostPoses : 0;
    verifications_left_ = may_look ? kMostVerifications : 0;
    if (time > until_) {
        recent_.clear();
        recent_.shrink_to_fit();
    } else if (frame != nullptr) {
        remember(*frame);
    }
}

void PictureSecondLook::pass(const Frame& frame) {
    if (frame.wall <= until_ && !recent_.empty() && frame.wall >= recent_.back().wall + kApart) {
        remember(frame);
    }
}

void PictureSecondLook::remember(const Frame& frame) {
    const bool has_changed = !recent_.empty() && (recent_.back().width != frame.width ||
                                                  recent_.back().height != frame.height);
    std::erase_if(recent_, [&](const Frame& old) {
        return has_changed || frame.wall - old.wall > kMemory;
    });
    const std::size_t most = std::clamp<std::size_t>(
        kMostBytes / std::max<std::size_t>(1, bytes_of(frame)), 2, kMostPictures
    );
    while (recent_.size() >= most) {
        recent_.erase(recent_.begin());
    }
    recent_.push_back(frame);
}

bool PictureSecondLook::may_ask(int& left) const {
    if (looks_ == nullptr || frame_ == nullptr || left <= 0) {
        return false;
    }
    --left;
    return true;
}

std::optional<Pose> PictureSecondLook::pose(const Box& person) {
    return person.area() > 0 && may_ask(poses_left_) ? looks_->pose(*frame_, person) : std::nullopt;
}

std::optional<float> PictureSecondLook::verify(std::string_view verifier, const Box& where) {
    if (!may_ask(verifications_left_)) {
        return std::nullopt;
    }
    const Box picture{0, 0, static_cast<float>(frame_->width), static_cast<float>(frame_->height)};
    const Box part = where.area() <= 0 ? picture : intersection(where, picture);
    if (part.area() <= 0) {
        return std::nullopt;
    }
    const bool has_memory = !recent_.empty() && recent_.back().wall == frame_->wall;
    return looks_->verify(
        verifier,
        has_memory ? std::span<const Frame>(recent_) : std::span<const Frame>(frame_, 1),
        part
    );
}

std::optional<std::vector<Detection>> PictureSecondLook::everybody() {
    if (now_ < next_crowd_ || !may_ask(verifications_left_)) {
        return std::nullopt;
    }
    next_crowd_ = now_ + kBetweenCrowds;
    return looks_->everybody(*frame_);
}

void PictureSecondLook::keep_looking(Duration time) {
    if (until_ < now_ && frame_ != nullptr) {
        recent_.assign(1, *frame_);
    }
    until_ = std::max(until_, now_ + std::min(time, kLongest));
}

}  // namespace bongsu::pipeline
