#pragma once

#include "app/city_config.hpp"
#include "app/station.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/identity.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::app {

/// The operators' side of a node: accounts, audit log, live pictures and the console's server, put
/// together around a station. Made after the station, started before its cameras, and stopped
/// before it.
class ConsoleHost {
public:
    /// Null when the configuration switches the console off. `station` and `clock` must outlive it.
    /// Errors are for the person who started the program.
    static Result<std::unique_ptr<ConsoleHost>> create(
        const CityConfig& config, Station& station, const Clock& clock
    );
    ~ConsoleHost();
    ConsoleHost(const ConsoleHost&) = delete;
    ConsoleHost& operator=(const ConsoleHost&) = delete;

    Status start();
    /// Idempotent.
    void stop();

    /// Where the console is, after start.
    std::string url() const;

    /// Accounts that were made because there were none: to be printed once, and kept nowhere.
    const std::vector<identity::OneTimePassword>& first_passwords() const;

private:
    struct Impl;
    explicit ConsoleHost(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Says where the console is and prints the first passwords, which are shown only here.
void print_welcome(std::FILE* out, const ConsoleHost& host);

}  // namespace bongsu::app
