#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/address_range.hpp"
#include "onvif/candidate.hpp"
#include "onvif/discovery.hpp"
#include "onvif/range_scan.hpp"

#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::console {

/// Where and as whom to look for cameras.
struct ScanOrder {
    bool is_multicast = false;
    std::optional<onvif::AddressRange> range;
    onvif::Credentials credentials;  ///< empty: cameras are found but not asked
};

/// Something that looks like a camera.
struct Finding {
    std::string id;  ///< within its scan
    std::string address;
    std::string name;
    std::string hardware;
    bool is_onvif = false;
    std::optional<onvif::CameraCandidate> candidate;
    onvif::Remark problem;  ///< without words when all is well
};

/// How far a scan has come. `total` grows when findings are asked for their details.
struct ScanState {
    bool is_done = false;
    std::size_t asked = 0;
    std::size_t total = 0;
    std::vector<Finding> findings;  ///< in the order of their appearance
    onvif::Remark remark;           ///< why it ended early; without words otherwise
};

struct ScanSettings {
    onvif::MulticastProbe multicast;
    onvif::ScanOptions range;
    onvif::InterrogateOptions interrogate{.deadline = std::chrono::seconds{15}};
    int interrogations = 8;           ///< at once
    std::size_t max_findings = 4096;  ///< further ones are left out, and the words say so
};

/// One search for cameras on its own thread. Thread-safe; destruction stops it and waits for the
/// call that runs.
class ScanJob {
public:
    /// `clock` must outlive it.
    ScanJob(ScanOrder order, ScanSettings settings, onvif::Http http, const Clock& clock);
    ~ScanJob();
    ScanJob(const ScanJob&) = delete;
    ScanJob& operator=(const ScanJob&) = delete;

    ScanState state() const;
    bool is_done() const;

    void cancel();

    /// Asks one finding with these credentials; waits for the answer and keeps it. NotFound for an
    /// unknown finding; else the errors of onvif::interrogate.
    Result<onvif::CameraCandidate> interrogate(
        const std::string& finding, const onvif::Credentials& credentials
    );

    const onvif::Credentials& credentials() const { return order_.credentials; }

private:
    void run(const std::stop_token& stop);
    void look_around(const std::stop_token& stop);
    void look_through_range(const std::stop_token& stop);
    void ask_all(const std::stop_token& stop);
    void add(Finding finding);
    void say(const Status& status);
    Result<onvif::CameraCandidate> ask(
        const std::string& address, const onvif::Credentials& credentials
    ) const;
    onvif::Http stoppable_http() const;
    void keep(std::size_t index, const Result<onvif::CameraCandidate>& outcome);

    const ScanOrder order_;
    const ScanSettings settings_;
    const onvif::Http http_;
    const Clock& clock_;
    std::stop_source stop_;
    mutable std::mutex mutex_;
    ScanState state_;
    std::jthread thread_;  // last: it uses everything above
};

}  // namespace bongsu::console
