#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"
#include "density/round.hpp"
#include "program/metrics_page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::bench {

/// `bongsu serve` on the given cameras, as a process of its own. Not recording, no console: both
/// are measured by their own benchmarks.
class Node {
public:
    static Result<Node> start(
        const RoundOptions& options,
        const std::filesystem::path& scratch,
        const std::string& streets,
        const std::vector<std::string>& cameras
    );

    pid_t pid() const { return process_.pid(); }

    Result<MetricValues> counters() const;

private:
    Node(app::ChildProcess process, std::uint16_t port)
        : process_(std::move(process)), port_(port) {}

    app::ChildProcess process_;
    std::uint16_t port_;
};

NodeWork work_between(
    const MetricValues& before, const MetricValues& after, double seconds, int cameras
);
std::string describe(const NodeWork& work);

}  // namespace bongsu::bench
