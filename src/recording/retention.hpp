#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "store/segment_index.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace bongsu::recording {

/// How long and how much of one camera is kept.
struct KeepRule {
    Duration keep_for = std::chrono::hours{24 * 30};
    std::int64_t keep_bytes = 0;  ///< 0: no limit
};

struct RetentionRules {
    std::map<CameraId, KeepRule> cameras;
    KeepRule unlisted;  ///< for cameras that are not in `cameras`
    std::map<OrganisationId, std::int64_t> organisations;  ///< own limits in bytes, above 0
    std::int64_t keep_bytes_per_organisation = 0;  ///< of those without an own limit; 0: none
    std::int64_t free_floor = 0;                   ///< 0: never
};

struct RetentionOutcome {
    std::int64_t segments = 0;
    std::int64_t bytes = 0;
    std::int64_t held = 0;  ///< segments that were due but are under legal hold
};

/// Deletes recordings that are too old or too much, oldest first. For each batch: the rows are
/// marked, the files are deleted, then the rows; a crash in between is finished by the next pass.
/// Open segments are never touched. Runs on: one thread.
class Retention {
public:
    /// Whether a segment is under legal hold and must stay whatever the rules say.
    using IsHeld = std::function<bool(const store::Segment&)>;
    /// Bytes free on the disk.
    using FreeBytes = std::function<Result<std::int64_t>()>;

    struct Parts {
        std::string root;
        store::SegmentIndex& index;
        const Clock& clock;
        Metrics& metrics;
        IsHeld is_held;        ///< may be empty: nothing is held
        FreeBytes free_bytes;  ///< may be empty: asks the disk
    };

    explicit Retention(Parts parts);

    /// One pass. Stops at the first error of the index; files that cannot be deleted are logged and
    /// left.
    Result<RetentionOutcome> run(const RetentionRules& rules);

private:
    struct Pass;
    Status finish_retiring(Pass& pass);
    Status by_age(Pass& pass);
    Status remove_older(Pass& pass, const CameraId& camera);
    Status by_camera_bytes(Pass& pass);
    Status by_organisation_bytes(Pass& pass);
    Status by_free_space(Pass& pass);
    Status delete_oldest(
        Pass& pass, store::SegmentQuery query, std::int64_t excess, const char* reason
    );
    Status remove(Pass& pass, const std::vector<store::Segment>& batch, const char* reason);
    Status remove_old_leftovers(const Pass& pass);

    Parts parts_;
    Counter& retired_bytes_;
};

}  // namespace bongsu::recording
