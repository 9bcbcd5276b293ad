#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>

namespace bongsu::bench {

/// Pictures that no client could have, by camera, as the simulator was late.
using LeftOut = std::map<CameraId, std::int64_t>;

/// The simulated city: a process that can be killed and comes back at the same address. Runs on:
/// one thread.
class Streets {
public:
    /// Plays `folder`/cameras.yaml, repeated up to `cameras`; writes `folder`/camsim.log.
    Streets(std::filesystem::path folder, int cameras);

    Status start();

    void end() { process_.reset(); }

    /// What it said of itself when it ended, all turns together.
    LeftOut left_out() const;

    pid_t pid() const { return process_->pid(); }

    std::uint16_t port() const { return port_; }

private:
    std::filesystem::path folder_;
    int cameras_;
    std::uint16_t port_;
    std::optional<app::ChildProcess> process_;
};

}  // namespace bongsu::bench
