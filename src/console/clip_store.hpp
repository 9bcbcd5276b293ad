#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/geometry.hpp"
#include "domain/incident.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::console {

/// The clips of incidents as files, made when first asked for: a browser fetches a film in many
/// ranges. Keeps the latest 32; a clip that may still grow is kept under the time up to which it
/// went. Thread-safe; makes one clip at a time.
class ClipStore {
public:
    /// `folder` is its own; what an earlier run left there is deleted.
    ClipStore(
        std::filesystem::path folder,
        std::string recordings,
        store::SegmentIndex& index,
        const Clock& clock
    );

    /// With the areas black. Errors as read_span.
    Result<std::filesystem::path> clip_of(
        const Incident& incident, const std::vector<Polygon>& black
    );

private:
    void forget_oldest();

    const std::filesystem::path folder_;
    const std::string recordings_;
    store::SegmentIndex& index_;
    const Clock& clock_;
    std::mutex mutex_;
};

}  // namespace bongsu::console
