#include "console/city.hpp"

#include "app/city_config.hpp"
#include "app/incident_desk.hpp"
#include "app/storage.hpp"
#include "audit/chain.hpp"
#include "core/metrics.hpp"
#include "data/incident_year.hpp"
#include "fleet/fleet.hpp"
#include "identity/identity.hpp"
#include "store/sql/database.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace bongsu::bench {
namespace {

constexpr std::int64_t kAuditRecords = 1'000'000;
constexpr std::int64_t kAuditBatch = 10'000;

/// The store of a data folder while no server runs over it.
struct OpenStore {
    SystemClock clock;
    Metrics metrics;
    std::unique_ptr<store::Store> store;

    Status open(const app::DataFolders& folders) {
        std::filesystem::create_directories(folders.root);
        BONGSU_ASSIGN(store, app::open_store({}, folders, clock, metrics));
        return {};
    }
};

std::string organisation_of(int number) {
    return "o" + std::to_string(number % kOrganisations);
}

std::vector<store::GrantRow> grants_of(const std::string& user) {
    if (user != kChief) {
        return {{.role = "operator", .scope = "*", .purposes = {}}};
    }
    return {
        {.role = "supervisor", .scope = "*", .purposes = {}},
        {.role = "administrator", .scope = "*", .purposes = {}},
        {.role = "auditor", .scope = "*", .purposes = {}}
    };
}

Status add_user(store::IdentityStore& store, const std::string& id, int number, WallTime now) {
    BONGSU_ASSIGN(const auto known, store.user(id));
    if (known) {
        return {};
    }
    store::UserRow row;
    row.id = id;
    row.display_name = "Operator " + std::to_string(number);
    row.organisation = OrganisationId(organisation_of(number));
    row.created = now;
    row.password_changed = now;
    row.grants = grants_of(id);
    return store.add_user(row);
}

Status add_people(store::IdentityStore& store, WallTime now) {
    for (int i = 0; i < kOrganisations; ++i) {
        const std::string id = organisation_of(i);
        BONGSU_TRY(store.put_organisation({OrganisationId(id), "기관 " + id, "Office " + id}));
    }
    for (int i = 0; i < kOperators; ++i) {
        BONGSU_TRY(add_user(store, "u" + std::to_string(i), i, now));
    }
    return add_user(store, kChief, 0, now);
}

Value camera_form(int number) {
    const std::string id = "c" + std::to_string(number);
    // A grid over a city, some tens of metres apart.
    const int row = number / 100;
    const int column = number % 100;
    const Value::Map place{
        {"latitude", 37.40 + row * 0.001},
        {"longitude", 126.90 + column * 0.001},
        {"address", "Bongsu-ro " + std::to_string(number)},
        {"site", "Pole " + std::to_string(number / 4)}
    };
    return Value::Map{
        {"id", id},
        {"name", "Camera " + std::to_string(number)},
        {"organisation", organisation_of(number)},
        {"url", "rtsp://127.0.0.1:1/" + id},
        {"record", false},
        {"analyse", false},
        {"place", place},
        {"tags", Value::List{"district-" + std::to_string(number % 25)}}
    };
}

Status add_cameras(store::CameraStore& store, const Clock& clock) {
    BONGSU_ASSIGN(const auto fleet, fleet::Fleet::open(store, clock, {}));
    if (fleet->snapshot()->cameras.size() >= kCameras) {
        return {};
    }
    std::vector<Value> forms;
    for (int i = 0; i < kCameras; ++i) {
        forms.push_back(camera_form(i));
    }
    BONGSU_ASSIGN(
        const fleet::BulkOutcome outcome,
        fleet->put_many(forms, fleet::BulkMode::AllOrNothing, {.who = kChief, .why = {}})
    );
    return outcome.failed.empty() ? Status{} : Status{fail(outcome.failed.front().error)};
}

store::AuditRow audit_row(std::int64_t number) {
    constexpr const char* kActions[] = {"view_live", "play_back", "login", "export", "change"};
    store::AuditRow row;
    row.number = number;
    row.time = kYearEnd - std::chrono::seconds{30} * (kAuditRecords - number);
    row.who = "u" + std::to_string(number % kOperators);
    row.organisation = organisation_of(static_cast<int>(number % kOperators));
    row.action = kActions[number % 5];
    row.object = "camera:c" + std::to_string(number * 7919 % kCameras);
    row.purpose = "control";
    row.outcome = number % 50 == 0 ? "denied" : "allowed";
    row.address = "10.1.2.3";
    return row;
}

Status add_audit(store::AuditStore& store) {
    BONGSU_ASSIGN(const auto newest, store.newest());
    std::int64_t number = newest ? newest->number : 0;
    std::string hash = newest ? newest->hash : audit::chain_start();
    while (number < kAuditRecords) {
        std::vector<store::AuditRow> rows;
        const std::int64_t until = std::min(number + kAuditBatch, kAuditRecords);
        while (number < until) {
            rows.push_back(audit_row(++number));
            hash = audit::chain_hash(hash, rows.back());
            rows.back().hash = hash;
        }
        BONGSU_TRY(store.append(rows));
    }
    return {};
}

/// Nobody here looks at the page, so an empty one will do.
Result<std::filesystem::path> make_page(const std::filesystem::path& data) {
    std::filesystem::path folder = data / "page";
    std::filesystem::create_directories(folder);
    if (!(std::ofstream(folder / "index.html") << "<!doctype html>")) {
        return fail(ErrorKind::Unavailable, "cannot write below " + folder.string());
    }
    return folder;
}

}  // namespace

Result<std::vector<Account>> prepare_accounts(const std::filesystem::path& data) {
    OpenStore opened;
    const app::DataFolders folders{data};
    BONGSU_TRY(opened.open(folders));
    BONGSU_TRY(add_people(opened.store->identity(), opened.clock.wall()));
    BONGSU_ASSIGN(
        const auto identity,
        identity::Identity::open(
            opened.store->identity(), {}, folders.root / "identity.key", opened.clock
        )
    );
    std::vector<Account> accounts;
    for (std::size_t i = 0; i <= kLogins; ++i) {
        const std::string user = i < kLogins ? "u" + std::to_string(i) : kChief;
        BONGSU_ASSIGN(std::string password, identity->passwords().reset(user, false));
        accounts.push_back({user, std::move(password)});
    }
    return accounts;
}

Status prepare_archive(const std::filesystem::path& data) {
    OpenStore opened;
    const app::DataFolders folders{data};
    BONGSU_TRY(opened.open(folders));
    std::fprintf(stderr, "archive in %s: filled on first use\n", data.c_str());
    BONGSU_TRY(add_cameras(opened.store->cameras(), opened.clock));
    BONGSU_TRY(add_audit(opened.store->audit()));
    BONGSU_ASSIGN(
        const auto database,
        store::Database::open(
            {.database = "sqlite:" + folders.database().string()}, opened.clock, opened.metrics
        )
    );
    return fill_year(*database, opened.store->incidents(), kYearIncidents);
}

Result<std::unique_ptr<City>> City::start(
    const std::filesystem::path& data, Value::List cameras, IncidentObserver on_incident
) {
    BONGSU_ASSIGN(const std::filesystem::path page, make_page(data));
    const Value::Map document{
        {"data", data.string()},
        {"monitor_port", 0},
        // Events here have no news: they must not end by themselves while somebody counts changes.
        {"incidents", Value::Map{{"stale_after", "1h"}}},
        {"console", Value::Map{{"tls", "off"}, {"port", 0}, {"page", page.string()}}},
        {"identity", Value::Map{{"one_time_must_change", false}}},
        {"cameras", std::move(cameras)}
    };
    BONGSU_ASSIGN(const app::CityConfig config, app::parse_city_config(document, {}));
    auto city = std::unique_ptr<City>(new City);
    app::StationObservers observers;
    observers.on_incident = std::move(on_incident);
    BONGSU_ASSIGN(city->station_, app::Station::create(config, city->clock_, std::move(observers)));
    BONGSU_ASSIGN(city->host_, app::ConsoleHost::create(config, *city->station_, city->clock_));
    BONGSU_TRY(city->host_->start());
    BONGSU_TRY(city->station_->start());
    return city;
}

City::~City() {
    if (host_) {
        host_->stop();
    }
}

}  // namespace bongsu::bench
