#include "app/coverage_keeper.hpp"

#include "core/log.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::app {

CoverageKeeper::CoverageKeeper(
    const triage::CoverageLedger& ledger, store::CoverageStore& store, const Clock& clock
)
    : ledger_(ledger), store_(store), clock_(clock) {
    exec::PeriodicTimers timers(clock);
    timers.add(std::chrono::minutes{1}, [this] { write(); });
    timer_.emplace("coverage", std::move(timers));
}

CoverageKeeper::~CoverageKeeper() {
    stop();
}

void CoverageKeeper::watch(const CameraId& camera) {
    const std::scoped_lock lock(mutex_);
    written_.try_emplace(camera);
}

std::vector<store::CoverageHour> CoverageKeeper::news(WallTime now) const {
    std::vector<store::CoverageHour> out;
    for (const auto& [camera, hours] : written_) {
        for (const triage::CoverageHour& hour : ledger_.report(camera, now)) {
            const auto found = hours.find(hour.begins);
            const Written before = found != hours.end() ? found->second : Written{};
            if (hour.detector_looks == before.looks &&
                hour.longest_without_detector <= before.longest) {
                continue;
            }
            out.push_back({
                .camera = camera,
                .hour = hour.begins,
                .longest_unwatched = hour.longest_without_detector,
                .looks = static_cast<std::int64_t>(hour.detector_looks - before.looks),
            });
        }
    }
    return out;
}

void CoverageKeeper::write() {
    const std::scoped_lock lock(mutex_);
    const std::vector<store::CoverageHour> hours = news(clock_.wall());
    if (hours.empty()) {
        return;
    }
    if (const Status merged = store_.merge(hours); !merged) {
        log::warn("coverage.not_written", {{"why", merged.error().describe()}});
        return;
    }
    for (const store::CoverageHour& hour : hours) {
        Written& written = written_[hour.camera][hour.hour];
        written.looks += static_cast<std::uint64_t>(hour.looks);
        written.longest = std::max(written.longest, hour.longest_unwatched);
    }
}

void CoverageKeeper::stop() {
    if (!timer_) {
        return;
    }
    timer_->stop();
    timer_.reset();
    write();
}

}  // namespace bongsu::app
