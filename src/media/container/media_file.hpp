#pragma once

#include "core/result.hpp"
#include "media/container/container_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::media {

/// A whole film in memory, made to be played in a loop by any number of readers. Immutable.
struct MediaFile {
    std::string path;
    std::shared_ptr<const CodecParameters> parameters;  ///< never null
    std::vector<ContainerUnit> units;  ///< at least one, the first is a key picture, origin at 0
    std::int64_t duration = 0;         ///< 90 kHz ticks, the last picture's own duration included
};

/// Reads a film from its first key picture on. `max_bytes` bounds the memory.
/// Errors: those of ContainerReader; Corrupt when it has no key picture; ResourceExhausted when it
/// is larger than `max_bytes`.
Result<std::shared_ptr<const MediaFile>> load_media_file(
    const std::string& path, std::size_t max_bytes
);

}  // namespace bongsu::media
