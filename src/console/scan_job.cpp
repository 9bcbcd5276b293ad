#include "console/scan_job.hpp"

#include "exec/thread_name.hpp"

#include <algorithm>
#include <atomic>

namespace bongsu::console {

ScanJob::ScanJob(ScanOrder order, ScanSettings settings, onvif::Http http, const Clock& clock)
    : order_(std::move(order)),
      settings_(std::move(settings)),
      http_(std::move(http)),
      clock_(clock) {
    state_.total = (order_.is_multicast ? 1 : 0) + (order_.range ? order_.range->count() : 0);
    thread_ = std::jthread([this] { run(stop_.get_token()); });
}

ScanJob::~ScanJob() {
    cancel();
}

void ScanJob::cancel() {
    stop_.request_stop();
}

ScanState ScanJob::state() const {
    const std::scoped_lock lock(mutex_);
    return state_;
}

bool ScanJob::is_done() const {
    const std::scoped_lock lock(mutex_);
    return state_.is_done;
}

void ScanJob::run(const std::stop_token& stop) {
    exec::set_thread_name("camera-scan");
    if (order_.is_multicast) {
        look_around(stop);
    }
    if (order_.range && !stop.stop_requested()) {
        look_through_range(stop);
    }
    if (!order_.credentials.is_empty() && !stop.stop_requested()) {
        ask_all(stop);
    }
    const std::scoped_lock lock(mutex_);
    state_.is_done = true;
}

void ScanJob::look_around(const std::stop_token& stop) {
    const Status status = onvif::discover(
        settings_.multicast,
        [this](const onvif::DiscoveredDevice& device) {
            add(
                {.id = {},
                 .address = device.best_address(),
                 .name = device.name,
                 .hardware = device.hardware,
                 .is_onvif = true,
                 .candidate = std::nullopt,
                 .problem = {}}
            );
        },
        stop
    );
    say(status);
    const std::scoped_lock lock(mutex_);
    ++state_.asked;
}

void ScanJob::look_through_range(const std::stop_token& stop) {
    const std::size_t before = order_.is_multicast ? 1 : 0;
    say(onvif::scan(
        *order_.range,
        settings_.range,
        stoppable_http(),
        {.on_progress =
             [this, before](std::size_t asked, std::size_t) {
                 const std::scoped_lock lock(mutex_);
                 state_.asked = before + asked;
             },
         .on_finding =
             [this](const onvif::ScanFinding& found) {
                 add(
                     {.id = {},
                      .address = found.address,
                      .name = found.name,
                      .hardware = {},
                      .is_onvif = found.is_onvif,
                      .candidate = std::nullopt,
                      .problem = found.problem}
                 );
             }},
        stop
    ));
}

/// Findings stay where they are once added, so threads share their indices.
void ScanJob::ask_all(const std::stop_token& stop) {
    std::vector<std::pair<std::size_t, std::string>> waiting;
    {
        const std::scoped_lock lock(mutex_);
        for (std::size_t i = 0; i < state_.findings.size(); ++i) {
            if (state_.findings[i].is_onvif) {
                waiting.emplace_back(i, state_.findings[i].address);
            }
        }
        state_.total += waiting.size();
    }
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < waiting.size() && !stop.stop_requested(); i = next++) {
            keep(waiting[i].first, ask(waiting[i].second, order_.credentials));
            const std::scoped_lock lock(mutex_);
            ++state_.asked;
        }
    };
    const std::size_t threads =
        std::min(waiting.size(), static_cast<std::size_t>(std::max(1, settings_.interrogations)));
    std::vector<std::jthread> pool;
    for (std::size_t i = 0; i < threads; ++i) {
        pool.emplace_back(work);
    }
}

void ScanJob::add(Finding finding) {
    const std::scoped_lock lock(mutex_);
    std::vector<Finding>& all = state_.findings;
    if (std::ranges::find(all, finding.address, &Finding::address) != all.end()) {
        return;
    }
    if (all.size() >= settings_.max_findings) {
        state_.remark = {
            "scan_range_large"_code, "More was found than is listed; scan smaller ranges."
        };
        return;
    }
    finding.id = std::to_string(all.size() + 1);
    all.push_back(std::move(finding));
}

void ScanJob::say(const Status& status) {
    if (!status) {
        const std::scoped_lock lock(mutex_);
        state_.remark = onvif::Remark::of(status.error());
    }
}

Result<onvif::CameraCandidate> ScanJob::ask(
    const std::string& address, const onvif::Credentials& credentials
) const {
    return onvif::interrogate(
        address, credentials, stoppable_http(), clock_, settings_.interrogate
    );
}

/// A conversation has many calls: a stopped scan makes no further one.
onvif::Http ScanJob::stoppable_http() const {
    return [this](const net::HttpCall& call) -> Result<net::HttpResponse> {
        if (stop_.stop_requested()) {
            return fail(ErrorKind::Cancelled, "cancelled"_code, "the scan was stopped");
        }
        return http_(call);
    };
}

void ScanJob::keep(std::size_t index, const Result<onvif::CameraCandidate>& outcome) {
    const std::scoped_lock lock(mutex_);
    Finding& finding = state_.findings.at(index);
    finding.problem = outcome ? onvif::Remark{} : onvif::Remark::of(outcome.error());
    if (outcome) {
        finding.candidate = *outcome;
    }
}

Result<onvif::CameraCandidate> ScanJob::interrogate(
    const std::string& finding, const onvif::Credentials& credentials
) {
    std::size_t index = 0;
    std::string address;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = std::ranges::find(state_.findings, finding, &Finding::id);
        if (found == state_.findings.end()) {
            return fail(ErrorKind::NotFound, "scan_gone"_code, "this scan has no such finding");
        }
        if (!found->is_onvif) {
            return fail(
                ErrorKind::Unsupported,
                "no_onvif"_code,
                "this device does not speak ONVIF; add it by the address of its stream"
            );
        }
        index = static_cast<std::size_t>(found - state_.findings.begin());
        address = found->address;
    }
    auto outcome = ask(address, credentials);
    keep(index, outcome);
    return outcome;
}

}  // namespace bongsu::console
