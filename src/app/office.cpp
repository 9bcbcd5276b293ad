#include "app/office.hpp"

#include "app/storage.hpp"

#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace bongsu::app {
namespace {

/// Login name of the effective user, or its number.
std::string system_user() {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(16'384);
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 &&
        found != nullptr) {
        return found->pw_name;
    }
    return std::to_string(::geteuid());
}

}  // namespace

void OfficeOptions::add_to(CLI::App& command) {
    command.add_option("--data", data, "Data folder of the station");
    command
        .add_option(
            "--database",
            database,
            "postgresql://USER:PASSWORD@HOST/NAME, where the station does not use its own SQLite"
        )
        ->envname("BONGSU_DATABASE");
}

std::filesystem::path identity_key_file(const std::filesystem::path& data) {
    return data / "identity.key";
}

std::filesystem::path audit_key_file(const std::filesystem::path& data) {
    return data / "audit.key";
}

std::filesystem::path audit_anchor_file(const std::filesystem::path& data) {
    return data / "audit.anchors";
}

Result<std::unique_ptr<store::Store>> open_office_store(
    const OfficeOptions& options, const Clock& clock, Metrics& metrics
) {
    const DataFolders folders{options.data};
    if (options.database.empty()) {
        return open_existing_store(folders, clock, metrics);
    }
    return open_store(Value::Map{{"database", options.database}}, folders, clock, metrics);
}

Result<std::unique_ptr<Office>> Office::open(const OfficeOptions& options) {
    std::unique_ptr<Office> office(new Office());
    BONGSU_ASSIGN(office->store_, open_office_store(options, office->clock_, office->metrics_));
    BONGSU_ASSIGN(
        office->identity_,
        identity::Identity::open(
            office->store_->identity(), {}, identity_key_file(options.data), office->clock_
        )
    );
    audit::AuditOptions audit_options;
    audit_options.key = audit_key_file(options.data);
    audit_options.anchors = audit_anchor_file(options.data);
    BONGSU_ASSIGN(
        office->audit_,
        audit::AuditLog::open(
            office->store_->audit(), std::move(audit_options), office->clock_, office->metrics_
        )
    );
    return office;
}

Status Office::audit(const std::string& action, const std::string& object) {
    audit::AuditRecord record;
    record.who = "command of " + system_user();
    record.action = action;
    record.object = object;
    const auto number = audit_->append(std::move(record));
    return number ? Status{} : fail(number.error());
}

}  // namespace bongsu::app
