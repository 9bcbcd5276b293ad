#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace bongsu::media::testing {

struct ClipSpec {
    Codec codec = Codec::H264;
    int width = 640;
    int height = 360;
    int fps = 15;
    int frames = 60;
    int key_interval = 30;  ///< frames
    int b_frames = 0;
};

/// Draws picture `index` into the planes of a grey I420 frame.
using Draw = std::function<void(int index, WritableFrame& picture)>;

/// Encodes drawn pictures by libx264 or libx265 into an MP4 file.
Status write_clip(const std::filesystem::path& file, const ClipSpec& spec, const Draw& draw);

/// The video of a file as access units, the first picture taken at `start`; `arrived` counts from
/// zero at the same pace. Errors: NotFound, Unsupported (no H.264 or H.265 with an avcC or hvcC
/// record).
Result<std::vector<AccessUnitPtr>> read_units(
    const std::filesystem::path& file, const CameraId& camera, WallTime start
);

/// write_clip into a temporary file and read_units from it.
Result<std::vector<AccessUnitPtr>> make_units(
    const ClipSpec& spec, const CameraId& camera, WallTime start, const Draw& draw
);

/// Sets a rectangle of the luma plane, cut to the picture.
void fill_luma(WritableFrame& picture, int x, int y, int width, int height, std::uint8_t value);

}  // namespace bongsu::media::testing
