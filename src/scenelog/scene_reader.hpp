#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/scene.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>

namespace bongsu::scenelog {

/// From `from` up to, not including, `to`.
struct TimeSpan {
    WallTime from;
    WallTime to;

    bool holds(WallTime time) const { return time >= from && time < to; }
};

/// What a read met.
struct ReadSummary {
    std::size_t scenes = 0;
    std::size_t damaged = 0;        ///< places where bytes had to be passed over
    std::optional<WallTime> first;  ///< of the scenes given
    std::optional<WallTime> last;
};

/// Takes one scene, valid during the call, frame null; false ends the reading.
using SceneVisitor = std::function<bool(const Scene&)>;

/// Reads the scene log of one node. Immutable and thread-safe; files may grow meanwhile.
class SceneReader {
public:
    explicit SceneReader(std::filesystem::path root) : root_(std::move(root)) {}

    /// All stored scenes of the span in the order in which they were taken, with histories as the
    /// tracker had them (scenes shortly before the span are read for that). No file is no error: a
    /// camera that was not analysed has no scenes. Damaged parts are passed over and counted.
    /// InvalidArgument for a span that ends before it begins or an impossible camera id;
    /// Unavailable when a file cannot be read.
    Result<ReadSummary> read(const CameraId& camera, TimeSpan span, const SceneVisitor& visit)
        const;

    /// The same without scenes that have no tracks; passes over quiet blocks without decoding them.
    Result<ReadSummary> read_busy(const CameraId& camera, TimeSpan span, const SceneVisitor& visit)
        const;

private:
    std::filesystem::path root_;
};

}  // namespace bongsu::scenelog
