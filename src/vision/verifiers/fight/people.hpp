#pragma once

#include "core/result.hpp"
#include "domain/detection.hpp"
#include "domain/frame.hpp"
#include "vision/network.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace bongsu::verifiers::fight {

/// Finds people in whole pictures and remembers whom it found in which: verifiers are asked about
/// the same pictures again and again. Some 15 ms for a picture that it has not seen yet. Not
/// thread-safe.
class People {
public:
    explicit People(std::unique_ptr<vision::Network> detector) : detector_(std::move(detector)) {}

    /// The people of the pictures worth searching, one list for each of these: the newest, and as
    /// many before it that no stretch of the time goes without. `frames`: one camera, oldest first.
    Result<std::vector<std::vector<Detection>>> in(std::span<const Frame* const> frames);

private:
    struct Searched {
        CameraId camera;
        WallTime time;
        std::vector<Detection> people;
    };

    const Searched* known(const Frame& frame) const;
    Status search(const Frame& frame);

    std::unique_ptr<vision::Network> detector_;
    std::deque<Searched> searched_;  ///< oldest first, bounded
};

}  // namespace bongsu::verifiers::fight
