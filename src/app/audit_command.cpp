// bongsu audit: verifies the log of access, and writes it out.
#include "app/commands.hpp"
#include "app/office.hpp"
#include "audit/anchors.hpp"
#include "core/json.hpp"

#include <cinttypes>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace bongsu::app {
namespace {

constexpr int kPage = 2'000;
constexpr int kBroken = 2;  ///< exit status: the log is not as it was written

struct Arguments {
    OfficeOptions office;
    std::string public_key;
    std::string from;
    std::string to;
};

void show_progress(std::int64_t done, std::int64_t of) {
    constexpr std::int64_t kWorthShowing = 100'000;
    if (of >= kWorthShowing) {
        std::fprintf(stderr, "\rverified %" PRId64 " of %" PRId64 " records", done, of);
        if (done >= of) {
            std::fprintf(stderr, "\n");
        }
    }
}

/// The key given, or that of the installation; empty when neither is there.
Result<std::string> public_key(const Arguments& arguments) {
    const std::filesystem::path file = audit_key_file(arguments.office.data);
    if (!arguments.public_key.empty() || !std::filesystem::exists(file)) {
        return arguments.public_key;
    }
    BONGSU_ASSIGN(const auto signer, audit::AnchorSigner::open(file));
    return signer.public_key();
}

Result<int> verify(const Arguments& arguments) {
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(const auto store, open_office_store(arguments.office, clock, metrics));
    BONGSU_ASSIGN(const std::string key, public_key(arguments));
    BONGSU_ASSIGN(
        const audit::Verification found,
        audit::verify(store->audit(), audit_anchor_file(arguments.office.data), key, show_progress)
    );
    if (!found.is_whole()) {
        std::printf(
            "BROKEN at record %" PRId64 ": %s\n%" PRId64 " records before it are as written\n",
            found.first_broken.value_or(0),
            found.problem.c_str(),
            found.records
        );
        return kBroken;
    }
    std::printf(
        "%s%s\n",
        found.describe().c_str(),
        key.empty() ? "; there is no key of the installation to check their signer by" : ""
    );
    return 0;
}

Value to_value(const store::AuditRow& row) {
    return Value::Map{
        {"number", row.number},
        {"time", to_iso8601(row.time)},
        {"time_us", std::int64_t{row.time.time_since_epoch().count()}},
        {"who", row.who},
        {"organisation", row.organisation},
        {"action", row.action},
        {"object", row.object},
        {"purpose", row.purpose},
        {"incident", row.incident},
        {"outcome", row.outcome},
        {"address", row.address},
        {"detail", row.detail},
        {"hash", row.hash},
    };
}

Result<std::optional<WallTime>> parse_bound(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    BONGSU_ASSIGN(const WallTime time, parse_iso8601(text));
    return time;
}

/// One JSON object a line, oldest first, complete enough to recompute the chain.
Result<int> export_records(const Arguments& arguments) {
    BONGSU_ASSIGN(const auto from, parse_bound(arguments.from));
    BONGSU_ASSIGN(const auto to, parse_bound(arguments.to));
    BONGSU_ASSIGN(const auto office, Office::open(arguments.office));
    BONGSU_TRY(office->audit("audit.export", "audit"));
    std::int64_t after = 0;
    while (true) {
        BONGSU_ASSIGN(const auto rows, office->store().audit().after(after, kPage));
        for (const store::AuditRow& row : rows) {
            if ((!from || row.time >= *from) && (!to || row.time < *to)) {
                std::printf("%s\n", to_json(to_value(row)).c_str());
            }
        }
        if (rows.empty()) {
            return 0;
        }
        after = rows.back().number;
    }
}

}  // namespace

void add_audit_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* audit = app.add_subcommand("audit", "Verify or write out the log of access");
    audit->require_subcommand(1);
    CLI::App* check = audit->add_subcommand(
        "verify", "Recompute every hash; exit status 2 when the log is not as it was written"
    );
    arguments->office.add_to(*check);
    check->add_option(
        "--key", arguments->public_key, "Public key (hex) that the anchors must be signed by"
    );
    check->callback([arguments, &chosen] { chosen = [arguments] { return verify(*arguments); }; });
    CLI::App* out = audit->add_subcommand("export", "Write records as JSON lines, oldest first");
    arguments->office.add_to(*out);
    out->add_option("--from", arguments->from, "2026-11-21T22:40:05Z, inclusive");
    out->add_option("--to", arguments->to, "2026-11-22T22:40:05Z, exclusive");
    out->callback([arguments, &chosen] {
        chosen = [arguments] { return export_records(*arguments); };
    });
}

}  // namespace bongsu::app
