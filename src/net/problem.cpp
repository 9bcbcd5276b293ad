#include "net/problem.hpp"

#include "net/http_text.hpp"

#include <boost/beast/http/status.hpp>

namespace bongsu::net {

std::string_view status_phrase(int status) {
    const auto phrase = boost::beast::http::obsolete_reason(
        boost::beast::http::int_to_status(static_cast<unsigned>(status))
    );
    return {phrase.data(), phrase.size()};
}

std::string_view code_of_status(int status) {
    switch (status) {
        case 401:
            return "log_in_first";
        case 403:
            return "forbidden";
        case 404:
            return "not_found";
        case 408:
        case 504:
            return "took_too_long";
        case 409:
            return "conflict";
        case 412:
            return "not_now";
        case 413:
        case 414:
        case 431:
            return "too_large";
        case 429:
            return "too_many";
        case 499:
            return "cancelled";
        case 501:
            return "unsupported";
        case 503:
            return "unavailable";
        case 507:
            return "no_space";
        default:
            return status >= 500 ? "server_failed" : "refused";
    }
}

HttpResponse make_problem(int status, std::string_view detail) {
    HttpResponse response;
    response.status = status;
    response.headers = {
        {"Content-Type", "application/problem+json"},
        {"Cache-Control", "no-store"},
    };
    response.body = R"({"type":"about:blank","title":")" + std::string(status_phrase(status)) +
                    R"(","status":)" + std::to_string(status) + R"(,"detail":")" +
                    json_escaped(detail) + R"(","code":")" + std::string(code_of_status(status)) +
                    "\"}";
    return response;
}

}  // namespace bongsu::net
