#pragma once

#include "app/console_host.hpp"
#include "app/station.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"
#include "incidents/incident_update.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::bench {

/// A user of the city and the password of this run.
struct Account {
    std::string user;
    std::string password;
};

/// How many operators with a password a city has; there is one more account, which may see every
/// list.
inline constexpr std::size_t kLogins = 30;
inline constexpr const char* kChief = "chief";

/// Opens the database below `data` before the city runs: organisations, `kOperators` accounts, and
/// fresh passwords for the first `kLogins` and the chief, who comes last.
Result<std::vector<Account>> prepare_accounts(const std::filesystem::path& data);

/// Fills the database below `data`, once, with 10,000 cameras, a year of 1,000,000 incidents and
/// 1,000,000 records of the audit log. Takes some minutes the first time.
Status prepare_archive(const std::filesystem::path& data);

using IncidentObserver = std::function<void(const incidents::IncidentUpdate&)>;

/// The real server in this process, on loopback and without TLS, with what its data folder holds.
class City {
public:
    /// `cameras` come on top of the stored ones. `on_incident` is told of each stored change before
    /// any console is.
    static Result<std::unique_ptr<City>> start(
        const std::filesystem::path& data, Value::List cameras, IncidentObserver on_incident = {}
    );
    ~City();
    City(const City&) = delete;
    City& operator=(const City&) = delete;

    std::string url() const { return host_->url(); }

    app::Station& station() { return *station_; }

private:
    City() = default;

    SystemClock clock_;
    std::unique_ptr<app::Station> station_;
    std::unique_ptr<app::ConsoleHost> host_;
};

}  // namespace bongsu::bench
