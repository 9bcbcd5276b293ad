#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "store/audit_store.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace bongsu::audit {

/// What a walk over the chain found.
struct Verification {
    std::int64_t records = 0;  ///< that were read and are in order
    std::int64_t anchors = 0;  ///< signed anchors that hold
    std::int64_t behind = 0;   ///< records behind the newest anchor: cut off, nobody would see it
    std::optional<WallTime> behind_since;  ///< time of the first of them
    std::optional<std::int64_t>
        first_broken;     ///< number of the first record that is not as written
    std::string problem;  ///< in words; empty when the log is whole

    bool is_whole() const { return problem.empty(); }

    /// "100 records are as they were written; 3 signed anchors hold; ..."; only for whole ones.
    std::string describe() const;
};

/// Recomputes every hash, and checks that numbers have no gap and that every signed anchor (of the
/// database and of the file `anchors`, if there) matches its record. `public_key` is the hex key of
/// the installation; empty: each anchor's own, which cannot show a forged one. `progress` may be
/// empty.
Result<Verification> verify(
    store::AuditStore& store,
    const std::filesystem::path& anchors,
    const std::string& public_key,
    const std::function<void(std::int64_t done, std::int64_t of)>& progress = {}
);

}  // namespace bongsu::audit
