#include "console/scan_desk.hpp"

#include "onvif/random.hpp"

#include <algorithm>

namespace bongsu::console {

namespace {

constexpr std::ptrdiff_t kMostRunning = 2;
constexpr std::size_t kMostKept = 16;
constexpr int kMostAsking = 2;

std::unexpected<Error> unknown() {
    return fail(
        ErrorKind::NotFound, "scan_gone"_code, "there is no such scan, or no longer; start it again"
    );
}

}  // namespace

ScanDesk::ScanDesk(ScanSettings settings, onvif::Http http, const Clock& clock)
    : settings_(std::move(settings)), http_(std::move(http)), clock_(clock) {}

Result<std::string> ScanDesk::start(const std::string& owner, ScanOrder order) {
    std::shared_ptr<ScanJob> oldest;  // destroyed outside the lock
    const std::scoped_lock lock(mutex_);
    if (std::ranges::count_if(entries_, [](const Entry& entry) { return !entry.job->is_done(); }) >=
        kMostRunning) {
        return fail(
            ErrorKind::ResourceExhausted,
            "scans_busy"_code,
            "two scans are running; wait for one or stop one"
        );
    }
    if (entries_.size() >= kMostKept) {
        const auto done =
            std::ranges::find_if(entries_, [](const Entry& entry) { return entry.job->is_done(); });
        oldest = std::move(done->job);
        entries_.erase(done);
    }
    constexpr std::string_view kPrefix = "urn:uuid:";
    std::string id = onvif::random_message_id().substr(kPrefix.size());
    entries_.push_back(
        {id, owner, std::make_shared<ScanJob>(std::move(order), settings_, http_, clock_)}
    );
    return id;
}

Result<std::shared_ptr<ScanJob>> ScanDesk::find(std::string_view owner, std::string_view id) const {
    const std::scoped_lock lock(mutex_);
    for (const Entry& entry : entries_) {
        if (entry.id == id && entry.owner == owner) {
            return entry.job;
        }
    }
    return unknown();
}

Status ScanDesk::remove(std::string_view owner, std::string_view id) {
    std::shared_ptr<ScanJob> removed;  // destroyed outside the lock
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
        return entry.id == id && entry.owner == owner;
    });
    if (found == entries_.end()) {
        return unknown();
    }
    found->job->cancel();
    removed = std::move(found->job);
    entries_.erase(found);
    return {};
}

Result<onvif::CameraCandidate> ScanDesk::interrogate(
    ScanJob& job, const std::string& finding, const onvif::Credentials& credentials
) {
    if (++asking_ > kMostAsking) {
        --asking_;
        return fail(
            ErrorKind::ResourceExhausted,
            "cameras_busy"_code,
            "other cameras are being asked; try again in a moment"
        );
    }
    auto outcome = job.interrogate(finding, credentials);
    --asking_;
    return outcome;
}

}  // namespace bongsu::console
