#include "vision/verifiers/fight/people.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace bongsu::verifiers::fight {
namespace {

/// People are looked for in the whole picture, made so small.
constexpr int kCanvasWidth = 640;
constexpr int kCanvasHeight = 384;

/// Doubtful people count: in a clinch nobody looks like the pictures of a detector's training.
constexpr float kScore = 0.15F;
constexpr float kSmallestBody = 20;  ///< pixels

/// Pictures that are remembered, of all cameras that share this verifier.
constexpr std::size_t kMost = 128;

/// A picture farther than this from all that were searched is searched as well.
constexpr Duration kApart = std::chrono::milliseconds{450};

std::size_t size_index(std::span<const vision::Network::Size> sizes) {
    const auto found = std::ranges::find_if(sizes, [](const vision::Network::Size& size) {
        return size.width == kCanvasWidth && size.height == kCanvasHeight;
    });
    return found == sizes.end() ? 0 : static_cast<std::size_t>(found - sizes.begin());
}

}  // namespace

Result<std::vector<std::vector<Detection>>> People::in(std::span<const Frame* const> frames) {
    std::vector<std::vector<Detection>> all;
    std::vector<WallTime> times;
    for (const Frame* frame : frames) {
        if (const Searched* found = known(*frame)) {
            all.push_back(found->people);
            times.push_back(frame->wall);
        }
    }
    for (const Frame* frame : std::views::reverse(frames)) {
        const bool is_newest = frame == frames.back();
        const bool is_covered = std::ranges::any_of(times, [&](WallTime time) {
            return time == frame->wall ||
                   (!is_newest && std::chrono::abs(time - frame->wall) < kApart);
        });
        if (is_covered) {
            continue;
        }
        BONGSU_TRY(search(*frame));
        all.push_back(searched_.back().people);
        times.push_back(frame->wall);
    }
    return all;
}

const People::Searched* People::known(const Frame& frame) const {
    const auto found = std::ranges::find_if(searched_, [&](const Searched& one) {
        return one.time == frame.wall && one.camera == frame.camera;
    });
    return found == searched_.end() ? nullptr : &*found;
}

Status People::search(const Frame& frame) {
    const std::size_t index = size_index(detector_->sizes());
    BONGSU_ASSIGN(vision::Canvas * canvas, detector_->canvas(index));
    const float scale = std::min(
        static_cast<float>(canvas->width()) / static_cast<float>(frame.width),
        static_cast<float>(canvas->height()) / static_cast<float>(frame.height)
    );
    const auto fitted = [scale](int length, int most) {
        return std::clamp(static_cast<int>(static_cast<float>(length) * scale), 1, most);
    };
    canvas->clear();
    canvas->draw(
        frame,
        {0, 0, frame.width, frame.height},
        {0, 0, fitted(frame.width, canvas->width()), fitted(frame.height, canvas->height())}
    );
    BONGSU_ASSIGN(std::vector<Detection> found, detector_->infer(index, kScore));
    std::erase_if(found, [](const Detection& d) { return d.cls != ObjectClass::Person; });
    for (Detection& person : found) {
        person.box = scaled(person.box, 1 / scale, 1 / scale);
    }
    std::erase_if(found, [](const Detection& d) { return d.box.h < kSmallestBody; });
    if (searched_.size() >= kMost) {
        searched_.pop_front();
    }
    searched_.push_back({frame.camera, frame.wall, std::move(found)});
    return {};
}

}  // namespace bongsu::verifiers::fight
