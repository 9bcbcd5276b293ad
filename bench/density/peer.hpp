#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::bench {

/// The program motion (Debian's package of that name) on the given cameras: it decodes every
/// picture and looks for movement in it; it stores, shows and recognises nothing.
class Peer {
public:
    /// NotFound, saying how to install it, when it is not there.
    static Result<Peer> start(
        const std::filesystem::path& scratch,
        const std::string& streets,
        const std::vector<std::string>& cameras
    );

    pid_t pid() const { return process_.pid(); }

private:
    explicit Peer(app::ChildProcess process) : process_(std::move(process)) {}

    app::ChildProcess process_;
};

}  // namespace bongsu::bench
