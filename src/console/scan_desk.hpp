#pragma once

#include "console/scan_job.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace bongsu::console {

/// The searches for cameras that administrators started. Each is seen by the one who started it
/// only, since its results hold the password that was typed. At most two run at once; the last
/// sixteen are kept. Thread-safe.
class ScanDesk {
public:
    /// `clock` must outlive it.
    ScanDesk(ScanSettings settings, onvif::Http http, const Clock& clock);

    /// The number of the new scan. ResourceExhausted while two run.
    Result<std::string> start(const std::string& owner, ScanOrder order);

    /// NotFound for an unknown scan and for somebody else's.
    Result<std::shared_ptr<ScanJob>> find(std::string_view owner, std::string_view id) const;

    /// Stops it and forgets it.
    Status remove(std::string_view owner, std::string_view id);

    /// Asks one finding; at most two such questions wait for cameras at once, more are
    /// ResourceExhausted: each holds a thread of the server.
    Result<onvif::CameraCandidate> interrogate(
        ScanJob& job, const std::string& finding, const onvif::Credentials& credentials
    );

private:
    struct Entry {
        std::string id;
        std::string owner;
        std::shared_ptr<ScanJob> job;
    };

    const ScanSettings settings_;
    const onvif::Http http_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::deque<Entry> entries_;  // oldest first
    std::atomic<int> asking_{0};
};

}  // namespace bongsu::console
