#include "recording/retention.hpp"

#include "core/log.hpp"
#include "recording/disk.hpp"
#include "recording/disk_walk.hpp"
#include "recording/marks.hpp"
#include "recording/metrics.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <utility>

#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr int kBatch = 100;

const KeepRule& rule_of(const RetentionRules& rules, const CameraId& camera) {
    const auto found = rules.cameras.find(camera);
    return found == rules.cameras.end() ? rules.unlisted : found->second;
}

/// A limit of 0 is none.
std::int64_t excess_of(std::int64_t used, std::int64_t limit) {
    return limit > 0 ? used - limit : 0;
}

/// Deletes a file; one that is gone already is fine.
bool delete_file(const std::string& path) {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) {
        return true;
    }
    log::error(
        "recording.retention_failed", {{"reason", disk_error("delete", path, errno).message}}
    );
    return false;
}

}  // namespace

struct Retention::Pass {
    const RetentionRules& rules;
    RetentionOutcome outcome;
};

Retention::Retention(Parts parts)
    : parts_(std::move(parts)), retired_bytes_(parts_.metrics.counter(kRetiredBytes)) {
    if (!parts_.is_held) {
        parts_.is_held = [](const store::Segment&) { return false; };
    }
    if (!parts_.free_bytes) {
        parts_.free_bytes = [root = parts_.root] { return recording::free_bytes(root); };
    }
}

Result<RetentionOutcome> Retention::run(const RetentionRules& rules) {
    Pass pass{.rules = rules, .outcome = {}};
    BONGSU_TRY(finish_retiring(pass));
    BONGSU_TRY(by_age(pass));
    BONGSU_TRY(by_camera_bytes(pass));
    BONGSU_TRY(by_organisation_bytes(pass));
    BONGSU_TRY(by_free_space(pass));
    BONGSU_TRY(remove_old_leftovers(pass));
    return pass.outcome;
}

Status Retention::finish_retiring(Pass& pass) {
    store::SegmentQuery query{.state = store::SegmentState::Retiring, .limit = kBatch};
    while (true) {
        BONGSU_ASSIGN(const auto batch, parts_.index.find(query));
        if (batch.empty()) {
            return {};
        }
        BONGSU_TRY(remove(pass, batch, "unfinished"));
        query.after_start = batch.back().start;
        query.after_path = batch.back().path;
    }
}

Status Retention::by_age(Pass& pass) {
    BONGSU_ASSIGN(const auto streams, parts_.index.streams());
    std::set<CameraId> cameras;
    for (const store::StoredStream& stream : streams) {
        cameras.insert(stream.camera);
    }
    for (const CameraId& camera : cameras) {
        BONGSU_TRY(remove_older(pass, camera));
    }
    return {};
}

Status Retention::remove_older(Pass& pass, const CameraId& camera) {
    const WallTime limit = parts_.clock.wall() - rule_of(pass.rules, camera).keep_for;
    store::SegmentQuery query{
        .camera = camera, .to = limit, .state = store::SegmentState::Closed, .limit = kBatch
    };
    while (true) {
        BONGSU_ASSIGN(auto batch, parts_.index.find(query));
        if (batch.empty()) {
            return {};
        }
        query.after_start = batch.back().start;
        query.after_path = batch.back().path;
        std::erase_if(batch, [&](const store::Segment& each) { return each.end > limit; });
        BONGSU_TRY(remove(pass, batch, "age"));
    }
}

Status Retention::by_camera_bytes(Pass& pass) {
    BONGSU_ASSIGN(const auto streams, parts_.index.streams());
    std::map<CameraId, std::int64_t> bytes;
    for (const store::StoredStream& stream : streams) {
        bytes[stream.camera] += stream.bytes;
    }
    for (const auto& [camera, used] : bytes) {
        const std::int64_t excess = excess_of(used, rule_of(pass.rules, camera).keep_bytes);
        BONGSU_TRY(delete_oldest(pass, {.camera = camera}, excess, "camera_bytes"));
    }
    return {};
}

Status Retention::by_organisation_bytes(Pass& pass) {
    const auto limit_of = [&](const OrganisationId& organisation) {
        const auto own = pass.rules.organisations.find(organisation);
        return own != pass.rules.organisations.end() ? own->second
                                                     : pass.rules.keep_bytes_per_organisation;
    };
    BONGSU_ASSIGN(const auto streams, parts_.index.streams());
    std::map<OrganisationId, std::int64_t> bytes;
    for (const store::StoredStream& stream : streams) {
        bytes[stream.organisation] += stream.bytes;
    }
    for (const auto& [organisation, used] : bytes) {
        const std::int64_t excess = excess_of(used, limit_of(organisation));
        BONGSU_TRY(delete_oldest(pass, {.organisation = organisation}, excess, "organisation_bytes")
        );
    }
    return {};
}

Status Retention::by_free_space(Pass& pass) {
    if (pass.rules.free_floor <= 0) {
        return {};
    }
    BONGSU_ASSIGN(const std::int64_t free, parts_.free_bytes());
    if (free >= pass.rules.free_floor) {
        return {};
    }
    const std::int64_t before = pass.outcome.bytes;
    BONGSU_TRY(delete_oldest(pass, {}, pass.rules.free_floor - free, "free_space"));
    log::warn(
        "recording.free_floor",
        {{"root", parts_.root},
         {"free_bytes", free},
         {"floor_bytes", pass.rules.free_floor},
         {"deleted_bytes", pass.outcome.bytes - before}}
    );
    return {};
}

Status Retention::delete_oldest(
    Pass& pass, store::SegmentQuery query, std::int64_t excess, const char* reason
) {
    query.state = store::SegmentState::Closed;
    query.limit = kBatch;
    while (excess > 0) {
        BONGSU_ASSIGN(const auto candidates, parts_.index.find(query));
        if (candidates.empty()) {
            return {};  // only open or held segments are left
        }
        query.after_start = candidates.back().start;
        query.after_path = candidates.back().path;
        std::vector<store::Segment> batch;
        for (const store::Segment& each : candidates) {
            if (excess > 0 && !parts_.is_held(each)) {
                batch.push_back(each);
                excess -= each.bytes;
            }
        }
        BONGSU_TRY(remove(pass, batch, reason));
    }
    return {};
}

Status Retention::remove(Pass& pass, const std::vector<store::Segment>& batch, const char* reason) {
    std::vector<std::string> paths;
    for (const store::Segment& segment : batch) {
        if (parts_.is_held(segment)) {
            ++pass.outcome.held;
        } else {
            paths.push_back(segment.path);
        }
    }
    if (paths.empty()) {
        return {};
    }
    BONGSU_TRY(parts_.index.mark_retiring(paths));
    std::vector<std::string> gone;
    for (const store::Segment& segment : batch) {
        const std::string file = parts_.root + "/" + segment.path;
        const bool is_due = std::ranges::find(paths, segment.path) != paths.end();
        if (!is_due || !delete_file(file + kTornSuffix) || !delete_file(file)) {
            continue;
        }
        gone.push_back(segment.path);
        ++pass.outcome.segments;
        pass.outcome.bytes += segment.bytes;
        retired_bytes_.add(static_cast<double>(segment.bytes));
        parts_.metrics.counter(kRetired, {{"reason", reason}}).add();
        ::rmdir(std::filesystem::path(file).parent_path().c_str()
        );  // fails unless it was the last of its day
        log::info(
            "recording.file_deleted",
            {{"file", segment.path},
             {"reason", reason},
             {"end", to_iso8601(segment.end)},
             {"bytes", segment.bytes}}
        );
    }
    BONGSU_TRY(parts_.index.retire(gone));
    log::info("recording.rows_deleted", {{"reason", reason}, {"rows", gone.size()}});
    return {};
}

// Torn tails hold pictures of people too: they go with their day.
Status Retention::remove_old_leftovers(const Pass& pass) {
    Duration longest = pass.rules.unlisted.keep_for;
    for (const auto& [camera, rule] : pass.rules.cameras) {
        longest = std::max(longest, rule.keep_for);
    }
    const std::string oldest_day = day_of(parts_.clock.wall() - longest);
    BONGSU_ASSIGN(const auto days, day_folders(parts_.root));
    for (const DayFolder& day : days) {
        if (day.day >= oldest_day) {
            continue;
        }
        BONGSU_ASSIGN(const auto files, files_in(parts_.root, day.path, kTornSuffix));
        for (const FoundFile& file : files) {
            delete_file(parts_.root + "/" + file.path);
            log::info("recording.file_deleted", {{"file", file.path}, {"reason", "age"}});
        }
        ::rmdir((parts_.root + "/" + day.path).c_str());
    }
    return {};
}

}  // namespace bongsu::recording
