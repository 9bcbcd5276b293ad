#include "console/problem.hpp"

#include "console/problem_code.hpp"
#include "core/log.hpp"

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "Bad request";
        case 401:
            return "Log in first";
        case 403:
            return "Not allowed";
        case 404:
            return "Not found";
        case 405:
            return "Method not allowed";
        case 409:
            return "Conflict";
        case 412:
            return "Changed meanwhile";
        case 415:
            return "Wrong media type";
        case 422:
            return "Wrong content";
        case 428:
            return "If-Match is needed";
        case 429:
            return "Too many";
        case 503:
            return "Not available now";
        case 504:
            return "Took too long";
        case 507:
            return "Out of space";
        default:
            return status >= 500 ? "The server failed" : "Refused";
    }
}

json::object field_json(const FieldProblem& field, int status) {
    json::object row{
        {"path", field.path},
        {"words", field.words},
        {"code", json::string(problem_code(field.code, status))}
    };
    if (!field.values.empty()) {
        json::object values;
        for (const auto& [name, value] : field.values) {
            values[name] = value;
        }
        row["values"] = std::move(values);
    }
    return row;
}

}  // namespace

net::HttpResponse problem(
    int status,
    std::string_view title,
    ErrorCode code,
    std::string_view detail,
    const std::vector<FieldProblem>& fields,
    std::string_view type
) {
    json::object body{
        {"type", json::string(type)},
        {"title", json::string(title)},
        {"status", status},
        {"detail", json::string(detail)},
        {"code", json::string(problem_code(code, status))}
    };
    if (!fields.empty()) {
        json::array list;
        for (const FieldProblem& field : fields) {
            list.push_back(field_json(field, status));
        }
        body["errors"] = std::move(list);
    }
    net::HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", "application/problem+json"}};
    response.body = json::serialize(body);
    return response;
}

net::HttpResponse problem(const Error& error, const std::vector<FieldProblem>& fields) {
    const int status = traits_of(error.kind).http_status;
    if (error.kind == ErrorKind::Internal) {
        log::error("console.internal_error", {{"error", error.describe()}});
        return problem(status, title_of(status), {}, "the server's log has the reason");
    }
    return problem(status, title_of(status), error.reason().code, error.describe(), fields);
}

}  // namespace bongsu::console
