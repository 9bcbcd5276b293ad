#pragma once

#include "core/result.hpp"
#include "store/testing/temporary_folder.hpp"

#include <memory>
#include <string>

namespace bongsu::store::testing {

/// A private PostgreSQL server in a temporary folder that listens only on a socket there.
class PostgresServer {
public:
    /// NotFound when PostgreSQL is not installed, Unavailable when it does not start.
    static Result<std::unique_ptr<PostgresServer>> start();
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// The URL of a new, empty database.
    Result<std::string> new_database();

private:
    explicit PostgresServer(std::string binaries) : binaries_(std::move(binaries)) {}

    bool run(const std::string& command) const;

    TemporaryFolder folder_;
    std::string binaries_;
    int databases_ = 0;
};

}  // namespace bongsu::store::testing
