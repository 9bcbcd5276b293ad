// Routes tagged "audit" in api/openapi.yaml.
#include "console/request_body.hpp"
#include "console/route_families.hpp"

#include <atomic>
#include <memory>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr int kPage = 50;
constexpr int kMostPerPage = 500;

/// What is no JSON (it was written by an older program) comes as text.
json::value detail_of(const std::string& detail) {
    if (detail.empty()) {
        return json::object();
    }
    boost::system::error_code error;
    json::value value = json::parse(detail, error);
    return error ? json::value(json::string(detail)) : value;
}

json::object record_json(const store::AuditRow& row) {
    return {
        {"number", row.number},
        {"time", to_iso8601(row.time)},
        {"who", row.who},
        {"organisation", row.organisation},
        {"action", row.action},
        {"object", row.object},
        {"purpose", row.purpose},
        {"incident", row.incident},
        {"outcome", row.outcome},
        {"address", row.address},
        {"detail", detail_of(row.detail)},
        {"hash", row.hash},
    };
}

std::optional<std::string> query_text(const net::HttpRequest& request, std::string_view name) {
    const std::string* text = request.query_value(name);
    return text == nullptr || text->empty() ? std::nullopt : std::optional(*text);
}

Result<net::HttpAnswer> list_audit(const ConsoleParts& parts, const Call& call) {
    store::AuditQuery query;
    BONGSU_ASSIGN(const auto limit, query_integer(call.request, "limit", 1, kMostPerPage));
    query.limit = static_cast<int>(limit.value_or(kPage));
    BONGSU_ASSIGN(query.from, query_time(call.request, "from"));
    BONGSU_ASSIGN(query.to, query_time(call.request, "to"));
    query.who = query_text(call.request, "who");
    query.action = query_text(call.request, "action");
    query.object = query_text(call.request, "object");
    query.outcome = query_text(call.request, "outcome");
    query.cursor = query_text(call.request, "cursor").value_or("");
    BONGSU_ASSIGN(const store::AuditPage page, parts.audit.list(query));
    json::array records;
    for (const store::AuditRow& row : page.rows) {
        records.push_back(record_json(row));
    }
    return json_answer(json::object{{"records", std::move(records)}, {"next", page.next}});
}

/// Clears the flag at the end of a scope.
class Running {
public:
    explicit Running(std::atomic_flag& flag) : flag_(flag) {}

    ~Running() { flag_.clear(); }

    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

private:
    std::atomic_flag& flag_;
};

Result<net::HttpAnswer> verify_audit(const ConsoleParts& parts, std::atomic_flag& is_running) {
    if (is_running.test_and_set()) {
        return fail(
            ErrorKind::Unavailable,
            "verify_busy"_code,
            "somebody is verifying the audit log now; try again shortly"
        );
    }
    const Running running(is_running);
    BONGSU_ASSIGN(const audit::Verification verification, parts.audit.verify());
    return json_answer(json::object{
        {"is_good", verification.is_whole()},
        {"records", verification.records},
        {"first_bad",
         verification.first_broken ? json::value(*verification.first_broken) : json::value(nullptr)
        },
        {"behind", verification.behind},
        {"behind_since",
         verification.behind_since ? json::value(to_iso8601(*verification.behind_since))
                                   : json::value(nullptr)},
        {"words", verification.is_whole() ? verification.describe() : verification.problem},
    });
}

}  // namespace

std::vector<Route> audit_routes(const ConsoleParts& parts) {
    // A walk over millions of records keeps a thread busy: one at a time.
    const auto is_running = std::make_shared<std::atomic_flag>();
    return {
        {"GET",
         "/api/v1/audit",
         "listAudit",
         Right::ViewAudit,
         About::Installation,
         Audited::Always,
         [&parts](const Call& call) { return list_audit(parts, call); }},
        {"POST",
         "/api/v1/audit/verify",
         "verifyAudit",
         Right::VerifyAudit,
         About::Installation,
         Audited::Always,
         [&parts, is_running](const Call&) { return verify_audit(parts, *is_running); }},
    };
}

}  // namespace bongsu::console
