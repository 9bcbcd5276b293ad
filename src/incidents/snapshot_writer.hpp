#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/incident.hpp"
#include "domain/zone.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace bongsu::incidents {

/// Writes pictures of incidents as JPEG below one folder, by day: 2026-11-21/<incident>.jpg is the
/// evidence, exactly what the camera saw; <incident>-marked.jpg beside it shows zones, boxes and
/// the kind of event. Runs on: any thread.
class SnapshotWriter {
public:
    SnapshotWriter(std::filesystem::path folder, int quality)
        : folder_(std::move(folder)), quality_(quality) {}

    /// The name of the evidence picture, relative to the folder. The file is on disk, whole, when
    /// this returns. Unavailable when the disk refuses; InvalidArgument when the frame has no
    /// picture.
    Result<std::string> write(
        const Incident& incident,
        const BehaviourEvent& event,
        const Frame& frame,
        std::span<const Zone> zones
    ) const;

    /// The name of the marked picture that belongs to an evidence picture.
    static std::string marked_name(const std::string& name);

private:
    std::filesystem::path folder_;
    int quality_;
};

}  // namespace bongsu::incidents
