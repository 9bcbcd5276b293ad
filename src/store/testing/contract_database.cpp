#include "store/testing/contract_database.hpp"

#include "store/testing/postgres_server.hpp"

#include <cstdio>
#include <memory>

namespace bongsu::store::testing {
namespace {

PostgresServer* postgres() {
    static const auto server = [] {
        auto started = PostgresServer::start();
        if (!started) {
            std::printf("PostgreSQL is left out: %s\n", started.error().describe().c_str());
            return std::unique_ptr<PostgresServer>();
        }
        return *std::move(started);
    }();
    return server.get();
}

}  // namespace

std::string contract_database(const std::string& backend, const TemporaryFolder& folder) {
    if (backend == "sqlite") {
        return "sqlite:" + (folder.path() / "store.db").string();
    }
    return postgres() == nullptr ? "" : postgres()->new_database().value();
}

}  // namespace bongsu::store::testing
