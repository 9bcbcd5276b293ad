#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>

namespace bongsu {

/// One 8-bit plane. `data` has at least stride*(height-1)+width bytes.
struct Plane {
    const std::uint8_t* data = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0;  ///< bytes from one row to the next
};

/// A decoded picture in I420 (Y, U and V, chroma halved both ways, rounding up). Cheap to copy: the
/// planes are shared and immutable.
struct Frame {
    CameraId camera;
    WallTime wall;
    Duration wall_uncertainty{};
    MonoTime arrived;  ///< of the access unit that it was decoded from
    bool is_key = false;
    int width = 0;
    int height = 0;
    std::array<Plane, 3> planes{};
    bool is_full_range = false;         ///< luma 0..255 instead of 16..235
    std::shared_ptr<const void> owner;  ///< keeps the planes alive
};

/// A new I420 frame with writable planes; once `frame` is handed on, `data` is written no more.
struct WritableFrame {
    Frame frame;
    std::array<std::uint8_t*, 3> data{};
};

WritableFrame allocate_frame(int width, int height);

}  // namespace bongsu
