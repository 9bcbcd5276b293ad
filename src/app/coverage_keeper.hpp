#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "exec/periodic_timers.hpp"
#include "store/coverage_store.hpp"
#include "triage/coverage_ledger.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace bongsu::app {

/// Writes the coverage ledger into the store once a minute, so that the proof that cameras were
/// watched outlives the program. Thread-safe.
class CoverageKeeper {
public:
    /// `ledger`, `store` and `clock` must outlive it.
    CoverageKeeper(
        const triage::CoverageLedger& ledger, store::CoverageStore& store, const Clock& clock
    );
    ~CoverageKeeper();

    void watch(const CameraId& camera);

    /// Writes what is not written yet and ends. Idempotent.
    void stop();

    /// Writes now. What could not be written is kept and tried again.
    void write();

private:
    /// What of one camera's hour has been written.
    struct Written {
        std::uint64_t looks = 0;
        Duration longest{};
    };

    std::vector<store::CoverageHour> news(WallTime now) const;

    const triage::CoverageLedger& ledger_;
    store::CoverageStore& store_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::map<CameraId, std::map<WallTime, Written>> written_;
    std::optional<exec::TimerThread> timer_;
};

}  // namespace bongsu::app
