#include "triage/coverage_ledger.hpp"

#include <algorithm>

namespace bongsu::triage {
namespace {

WallTime hour_begin(WallTime time) {
    return std::chrono::floor<std::chrono::hours>(time);
}

}  // namespace

void CoverageLedger::begin(const CameraId& camera, WallTime now) {
    const std::scoped_lock lock(mutex_);
    Entry& entry = cameras_[camera];
    entry = {};
    entry.last_gate = now;
    entry.last_detector = now;
    hour_of(entry, now);
}

void CoverageLedger::end(const CameraId& camera) {
    const std::scoped_lock lock(mutex_);
    cameras_.erase(camera);
}

void CoverageLedger::record(const CameraId& camera, Looker looker, WallTime taken) {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    if (found == cameras_.end()) {
        return;
    }
    Entry& entry = found->second;
    WallTime& last = looker == Looker::Gate ? entry.last_gate : entry.last_detector;
    if (taken > last) {
        spread(entry, looker, last, taken);
        if (looker == Looker::Detector) {
            entry.longest = std::max(entry.longest, taken - last);
        }
        last = taken;
    }
    CoverageHour& hour = hour_of(entry, last);
    ++(looker == Looker::Gate ? hour.gate_looks : hour.detector_looks);
}

std::optional<Duration> CoverageLedger::unwatched(
    const CameraId& camera, Looker looker, WallTime now
) const {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    if (found == cameras_.end()) {
        return std::nullopt;
    }
    const Entry& entry = found->second;
    return std::max(
        Duration{0}, now - (looker == Looker::Gate ? entry.last_gate : entry.last_detector)
    );
}

std::vector<CoverageHour> CoverageLedger::report(const CameraId& camera, WallTime now) const {
    const std::scoped_lock lock(mutex_);
    const auto found = cameras_.find(camera);
    if (found == cameras_.end()) {
        return {};
    }
    Entry open = found->second;
    spread(open, Looker::Gate, open.last_gate, now);
    spread(open, Looker::Detector, open.last_detector, now);
    return {open.hours.begin(), open.hours.end()};
}

Duration CoverageLedger::longest_without_detector(WallTime now) const {
    const std::scoped_lock lock(mutex_);
    Duration longest{};
    for (const auto& [camera, entry] : cameras_) {
        longest = std::max({longest, entry.longest, now - entry.last_detector});
    }
    return longest;
}

CoverageHour& CoverageLedger::hour_of(Entry& entry, WallTime time) {
    const WallTime begins = hour_begin(time);
    for (auto it = entry.hours.rbegin(); it != entry.hours.rend(); ++it) {
        if (it->begins == begins) {
            return *it;
        }
    }
    entry.hours.push_back({.begins = begins});
    if (entry.hours.size() > kHours) {
        entry.hours.pop_front();
    }
    return entry.hours.back();
}

void CoverageLedger::spread(Entry& entry, Looker looker, WallTime from, WallTime to) {
    if (to <= from) {
        return;
    }
    // A clock set forward by years must not make millions of hours: older ones would be dropped
    // anyway.
    const WallTime first =
        std::max(hour_begin(from), hour_begin(to) - std::chrono::hours{kHours - 1});
    for (WallTime begins = first; begins <= hour_begin(to); begins += std::chrono::hours{1}) {
        CoverageHour& hour = hour_of(entry, begins);
        Duration& longest =
            looker == Looker::Gate ? hour.longest_without_gate : hour.longest_without_detector;
        longest = std::max(longest, to - from);
    }
}

}  // namespace bongsu::triage
