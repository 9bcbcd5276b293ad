#pragma once

#include "console/config.hpp"
#include "console/ports.hpp"
#include "console/route.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace bongsu::console {

/// Every row of the interface, in the order of api/openapi.yaml: one function per family of routes.
std::vector<Route> all_routes(const ConsoleParts& parts, const ConsoleConfig& config);

/// The console's server: the interface under /api/, the page under everything else. Owned by app,
/// which also fills the parts and keeps them alive. start and stop run on the owner's thread.
class Console {
public:
    /// Errors: NotFound (the page), InvalidArgument (certificate), Unavailable (port).
    static Result<std::unique_ptr<Console>> create(ConsoleParts parts, ConsoleConfig config);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    Status start();
    /// Idempotent.
    void stop();

    /// "https://127.0.0.1:8443", after start.
    std::string url() const;

private:
    struct Impl;
    explicit Console(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::console
