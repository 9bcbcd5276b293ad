#include "store/testing/postgres_server.hpp"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace bongsu::store::testing {
namespace {

namespace fs = std::filesystem;

std::string find_binaries() {
    const fs::path root = "/usr/lib/postgresql";
    std::error_code error;
    for (const auto& version : fs::directory_iterator(root, error)) {
        if (fs::exists(version.path() / "bin" / "initdb")) {
            return (version.path() / "bin").string();
        }
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<PostgresServer>> PostgresServer::start() {
    const std::string binaries = find_binaries();
    if (binaries.empty()) {
        return fail(ErrorKind::NotFound, "PostgreSQL is not installed (package postgresql-15)");
    }
    std::unique_ptr<PostgresServer> server(new PostgresServer(binaries));
    const std::string folder = server->folder_.path().string();
    if (::geteuid() == 0 && std::system(("chown postgres " + folder).c_str()) != 0) {
        return fail(ErrorKind::Unavailable, "the user postgres is missing");
    }
    const std::string data = folder + "/data";
    const bool is_up =
        server->run("initdb -D " + data + " -U bongsu -A trust -E UTF8 --locale=C --no-sync") &&
        server->run(
            "pg_ctl -D " + data + " -w -t 30 -l " + folder +
            "/log -o \"-c listen_addresses='' -k " + folder + "\" start"
        );
    if (!is_up) {
        return fail(
            ErrorKind::Unavailable, "a private PostgreSQL server did not start in " + folder
        );
    }
    return server;
}

PostgresServer::~PostgresServer() {
    run("pg_ctl -D " + folder_.path().string() + "/data -m immediate -w stop");
}

Result<std::string> PostgresServer::new_database() {
    const std::string name = "test" + std::to_string(++databases_);
    const std::string folder = folder_.path().string();
    if (!run("createdb -h " + folder + " -U bongsu " + name)) {
        return fail(ErrorKind::Unavailable, "database " + name + " could not be made");
    }
    return "postgresql://bongsu@/" + name + "?host=" + folder;
}

bool PostgresServer::run(const std::string& command) const {
    // PostgreSQL refuses to run as root.
    const std::string user =
        ::geteuid() == 0 ? "setpriv --reuid postgres --regid postgres --clear-groups " : "";
    const std::string line = "cd / && " + user + binaries_ + "/" + command + " >> " +
                             folder_.path().string() + "/setup.log 2>&1";
    return std::system(line.c_str()) == 0;
}

}  // namespace bongsu::store::testing
