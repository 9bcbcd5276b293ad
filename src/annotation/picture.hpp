#pragma once

#include "annotation/overlay.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace bongsu::annotation {

/// The frame as JPEG bytes, untouched: what is kept as a snapshot.
Result<std::vector<std::uint8_t>> encode_jpeg(const Frame& frame, int quality = 85);

/// The frame with the overlay drawn on it, as JPEG bytes: for people to judge.
Result<std::vector<std::uint8_t>> encode_annotated_jpeg(
    const Frame& frame, const Overlay& overlay, int quality = 85
);

/// A JPEG picture with the areas (normalised corners) black, a little beyond their edges, as a JPEG
/// picture has no sharp ones. Corrupt when it cannot be decoded.
Result<std::vector<std::uint8_t>> black_out_jpeg(
    std::span<const std::uint8_t> jpeg, const std::vector<Polygon>& areas, int quality = 85
);

/// Writes `bytes` to `path` through a temporary file, so that a reader never sees half a picture.
Status write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes);

}  // namespace bongsu::annotation
