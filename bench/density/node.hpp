#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"
#include "density/round.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bongsu::bench {

/// Values by metric name with labels, as /metrics writes them.
using NodeCounters = std::map<std::string, double>;

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

    Result<NodeCounters> counters() const;

private:
    Node(app::ChildProcess process, std::uint16_t port)
        : process_(std::move(process)), port_(port) {}

    app::ChildProcess process_;
    std::uint16_t port_;
};

NodeWork work_between(
    const NodeCounters& before, const NodeCounters& after, double seconds, int cameras
);
std::string describe(const NodeWork& work);

}  // namespace bongsu::bench
