#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/incident.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bongsu::incidents {

using JpegBytes = std::vector<std::uint8_t>;

/// How pictures become JPEG; given by the composition root, since drawing belongs to another
/// folder.
struct PictureEncoders {
    /// Exactly what the camera saw: evidence.
    std::function<Result<JpegBytes>(const Frame&)> plain;
    /// With zones, boxes and the kind of event drawn in: for people. May be empty.
    std::function<Result<JpegBytes>(const Frame&, const Incident&, const BehaviourEvent&)> marked;
};

/// Writes pictures of incidents below one folder, by day: 2026-11-21/<incident>.jpg is the
/// evidence, on which nothing is drawn; <incident>-marked.jpg stands beside it. Runs on: any
/// thread.
class SnapshotWriter {
public:
    SnapshotWriter(std::filesystem::path folder, PictureEncoders encoders)
        : folder_(std::move(folder)), encoders_(std::move(encoders)) {}

    /// The name of the evidence picture, relative to the folder. The files are on disk, whole, when
    /// this returns. Unavailable when the disk refuses; errors of the encoders as they are.
    Result<std::string> write(
        const Incident& incident, const BehaviourEvent& event, const Frame& frame
    ) const;

    /// The name of the marked picture that belongs to an evidence picture.
    static std::string marked_name(const std::string& name);

private:
    Status write_marked(
        const std::string& name,
        const Incident& incident,
        const BehaviourEvent& event,
        const Frame& frame
    ) const;

    std::filesystem::path folder_;
    PictureEncoders encoders_;
};

}  // namespace bongsu::incidents
