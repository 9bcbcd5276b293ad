#include "vision/verifiers/spaced.hpp"

#include <algorithm>
#include <ranges>

namespace bongsu::verifiers {

std::vector<const Frame*> spaced(std::span<const Frame> recent, Duration window, Duration apart) {
    std::vector<const Frame*> out;
    const Frame& last = recent.back();
    for (const Frame& frame : std::views::reverse(recent)) {
        if (last.wall - frame.wall > window || frame.width != last.width ||
            frame.height != last.height) {
            break;
        }
        const bool has_picture = frame.planes[0].data != nullptr;
        if (has_picture && (out.empty() || out.back()->wall - frame.wall >= apart)) {
            out.push_back(&frame);
        }
    }
    std::ranges::reverse(out);
    return out;
}

}  // namespace bongsu::verifiers
