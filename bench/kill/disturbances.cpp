#include "kill/disturbances.hpp"

#include "console/waiting.hpp"

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

namespace bongsu::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLongestRecovery{60};
constexpr seconds kDiskFault{6};
constexpr milliseconds kLook{250};

/// Rows that were final and are not there, or not the same, any more.
std::size_t count_lost(
    const std::map<std::string, store::Segment>& before,
    const std::map<std::string, store::Segment>& after,
    const std::filesystem::path& recordings
) {
    return static_cast<std::size_t>(std::ranges::count_if(before, [&](const auto& entry) {
        const auto& [path, row] = entry;
        const auto found = after.find(path);
        if (row.state == store::SegmentState::Closed) {
            return found == after.end() || !(found->second == row);
        }
        return found == after.end() && std::filesystem::exists(recordings / path);
    }));
}

}  // namespace

Status Disturber::begin() {
    BONGSU_TRY(station_.start());
    const auto is_there = [this] {
        return std::filesystem::exists(station_.data() / "bongsu.db") &&
               station_.metric("bongsu_recording_access_units_total").value_or(0) > 0;
    };
    BONGSU_TRY(wait_until(is_there, kLongestRecovery, "the station to record"));
    BONGSU_ASSIGN(const bool is_recording, records_again({}));
    return is_recording ? Status{}
                        : Status{fail(ErrorKind::Timeout, "not every camera is recorded")};
}

std::map<CameraId, std::int64_t> Disturber::sent() const {
    std::map<CameraId, std::int64_t> newest;
    for (const camsim::StreamStats& stream : cameras_.stats().streams) {
        if (stream.role == StreamRole::Main) {
            newest[stream.camera] = stream.last_unit;
        }
    }
    return newest;
}

void Disturber::let_it_record() {
    std::uniform_int_distribution<int> length(1'500, 7'000);
    std::this_thread::sleep_for(milliseconds{length(random_)});
}

Result<bool> Disturber::records_again(const Rows& before) {
    const std::size_t wanted = cameras_.cameras().size();
    const auto end = std::chrono::steady_clock::now() + kLongestRecovery;
    while (std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(kLook);
        const Result<Rows> now = station_.rows();
        if (!now) {
            continue;  // the database is being recovered
        }
        std::set<CameraId> recorded;
        for (const auto& [path, row] : *now) {
            if (!before.contains(path)) {
                recorded.insert(row.camera);
            }
        }
        if (recorded.size() == wanted) {
            return true;
        }
    }
    return false;
}

double Disturber::errors() {
    return station_.metric("bongsu_recording_disk_errors_total").value_or(0) +
           station_.metric("bongsu_store_failures_total").value_or(0);
}

bool Disturber::shows_trouble(double errors_before) {
    return errors() > errors_before || station_.metric("bongsu_recording_paused").value_or(0) > 0;
}

Status Disturber::conclude(Disturbance one, const Rows& before, const Rows& known) {
    BONGSU_ASSIGN(one.was_recovered, records_again(known));
    BONGSU_ASSIGN(const Rows after, station_.rows());
    one.rows_lost = count_lost(before, after, station_.data() / "recordings");
    done_.push_back(std::move(one));
    return {};
}

Status Disturber::kill_once() {
    let_it_record();
    Disturbance one{.kind = "kill", .sent_before = sent()};
    station_.kill_it();
    BONGSU_ASSIGN(const Rows before, station_.rows());
    BONGSU_TRY(station_.start());
    return conclude(std::move(one), before, before);
}

Status Disturber::fail_disk(const std::string& kind, DiskFault fault, std::uint32_t files) {
    let_it_record();
    BONGSU_ASSIGN(const Rows before, station_.rows());
    Disturbance one{
        .kind = kind,
        .seconds = std::chrono::duration<double>(kDiskFault).count(),
        .sent_before = sent(),
        .must_be_reported = fault != DiskFault::Slow
    };
    const double errors_before = errors();
    station_.order().files = files;
    station_.order().fault = static_cast<std::uint32_t>(fault);
    const auto end = std::chrono::steady_clock::now() + kDiskFault;
    while (std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(kLook);
        one.was_reported = one.was_reported || shows_trouble(errors_before);
    }
    station_.order().fault = static_cast<std::uint32_t>(DiskFault::None);
    BONGSU_ASSIGN(const Rows meanwhile, station_.rows());
    return conclude(std::move(one), before, meanwhile);
}

Status Disturber::freeze(Duration length) {
    let_it_record();
    BONGSU_ASSIGN(const Rows before, station_.rows());
    Disturbance one{
        .kind = "frozen",
        .seconds = std::chrono::duration<double>(length).count(),
        .sent_before = sent()
    };
    station_.signal(SIGSTOP);
    std::this_thread::sleep_for(length);
    station_.signal(SIGCONT);
    return conclude(std::move(one), before, before);
}

Status Disturber::set_clock(Duration offset) {
    let_it_record();
    BONGSU_ASSIGN(const Rows before, station_.rows());
    Disturbance one{.kind = "clock", .sent_before = sent()};
    station_.order().clock_offset_ns =
        std::chrono::duration_cast<std::chrono::nanoseconds>(offset).count();
    return conclude(std::move(one), before, before);
}

}  // namespace bongsu::bench
