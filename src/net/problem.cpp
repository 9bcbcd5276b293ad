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

HttpResponse make_problem(int status, std::string_view detail) {
    HttpResponse response;
    response.status = status;
    response.headers = {
        {"Content-Type", "application/problem+json"},
        {"Cache-Control", "no-store"},
    };
    response.body = R"({"type":"about:blank","title":")" + std::string(status_phrase(status)) +
                    R"(","status":)" + std::to_string(status) + R"(,"detail":")" +
                    json_escaped(detail) + "\"}";
    return response;
}

}  // namespace bongsu::net
