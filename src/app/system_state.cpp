#include "app/system_state.hpp"

#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace bongsu::app {
namespace {

constexpr double kLittleRoom = 0.05;  ///< share of the disk below which a person should look

template <class Number>
Value whole(Number number) {
    return static_cast<std::int64_t>(number);
}

Value recording_value(const recording::RecordingState& state, Value::List& problems) {
    if (state.is_paused) {
        problems.emplace_back("recording is paused: " + state.reason);
    }
    if (!state.index_error.empty()) {
        problems.emplace_back("the index of recordings does not answer: " + state.index_error);
    }
    return Value::Map{
        {"is_healthy", state.is_healthy()},
        {"is_paused", state.is_paused},
        {"reason", state.reason},
        {"queued_bytes", whole(state.queued_bytes)},
        {"lost_to_disk", whole(state.lost_to_disk)},
        {"lost_to_queue", whole(state.lost_to_queue)},
        {"index_pending", whole(state.index_pending)},
    };
}

Value disk_value(const std::filesystem::path& data, Value::List& problems) {
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(data, error);
    if (error) {
        problems.emplace_back("the disk of the data folder does not answer: " + error.message());
        return Value::Map{};
    }
    const auto capacity = static_cast<double>(space.capacity);
    if (capacity > 0 && static_cast<double>(space.available) < kLittleRoom * capacity) {
        problems.emplace_back("less than 5 % of the disk is free");
    }
    return Value::Map{
        {"path", data.string()},
        {"capacity_bytes", whole(space.capacity)},
        {"free_bytes", whole(space.available)},
    };
}

/// Such as "gravity 5 72 %, gravity 1 15 %".
std::string shares_in_words(const triage::SchedulerStatus& scheduler) {
    std::string words;
    for (std::size_t gravity = triage::kGravities; gravity > 0; --gravity) {
        const triage::GravityShare& share = scheduler.by_gravity.at(gravity - 1);
        if (share.cameras > 0) {
            words += fmt::format(
                "{}gravity {} {:.0f} %", words.empty() ? "" : ", ", gravity, 100 * share.mean
            );
        }
    }
    return words;
}

Value analysis_value(
    const StationReport& report, const HealthSnapshot& health, Value::List& problems
) {
    const triage::SchedulerStatus& scheduler = report.scheduler;
    if (scheduler.is_behind) {
        problems.emplace_back(fmt::format(
            "analysis is behind: it wants {:.2f} processor cores and may use {:.2f}; cameras get "
            "this share of their looks: {}; recording and incidents go on",
            scheduler.wanted,
            scheduler.budget,
            shares_in_words(scheduler)
        ));
    }
    Value::List shares;
    for (const triage::GravityShare& share : scheduler.by_gravity) {
        shares.emplace_back(Value::Map{
            {"cameras", whole(share.cameras)}, {"least", share.least}, {"mean", share.mean}
        });
    }
    return Value::Map{
        {"cameras", whole(report.cameras.size())},
        {"longest_unwatched_s", to_seconds(report.longest_unwatched)},
        {"streams", whole(health.streams)},
        {"playing", whole(health.playing)},
        {"cpu_used", scheduler.used},
        {"cpu_budget", scheduler.budget},
        {"cpu_wanted", scheduler.wanted},
        {"is_behind", scheduler.is_behind},
        {"share_by_gravity", std::move(shares)},
    };
}

}  // namespace

Value system_state(
    const StationReport& report, const HealthSnapshot& health, const NodeFacts& node
) {
    Value::List problems;
    Value recording = recording_value(report.recording, problems);
    Value disk = disk_value(node.data, problems);
    Value analysis = analysis_value(report, health, problems);
    if (report.incidents_rejected > 0) {
        problems.emplace_back(
            std::to_string(report.incidents_rejected) + " events were turned away by a full queue"
        );
    }
    const auto lost = health.counts.at(static_cast<std::size_t>(CameraCondition::Lost));
    if (lost > 0) {
        problems.emplace_back(std::to_string(lost) + " cameras are lost");
    }
    return Value::Map{
        {"version", node.version},
        {"started", to_iso8601(node.started)},
        {"recording", std::move(recording)},
        {"disk", std::move(disk)},
        {"analysis", std::move(analysis)},
        {"database", Value::Map{{"name", node.database}}},
        {"live", Value::Map{{"viewers", whole(node.viewers)}}},
        {"problems", std::move(problems)},
    };
}

}  // namespace bongsu::app
