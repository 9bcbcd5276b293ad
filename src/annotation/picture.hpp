#pragma once

#include "annotation/overlay.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"

#include <filesystem>

namespace bongsu::annotation {

/// The frame as JPEG bytes, untouched: what is kept as a snapshot.
Result<std::vector<std::uint8_t>> encode_jpeg(const Frame& frame, int quality = 85);

/// The frame with the overlay drawn on it, as JPEG bytes: for people to judge.
Result<std::vector<std::uint8_t>> encode_annotated_jpeg(
    const Frame& frame, const Overlay& overlay, int quality = 85
);

/// Writes `bytes` to `path` through a temporary file, so that a reader never sees half a picture.
Status write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes);

}  // namespace bongsu::annotation
