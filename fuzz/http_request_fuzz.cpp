// links: net core
#include "net/byte_range.hpp"
#include "net/http_request_parser.hpp"
#include "net/http_target.hpp"
#include "net/http_url.hpp"
#include "net/request_origin.hpp"
#include "net/utf8.hpp"
#include "net/websocket_handshake.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace bongsu;
using net::HttpRequestParser;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
}

/// What handlers are promised about a request.
void check(net::HttpRequest request, const net::RequestOrigin& origin) {
    require(request.path.starts_with('/') && !request.path.contains("//"));
    require(!(request.path + "/").contains("/../") && !(request.path + "/").contains("/./"));
    require(!has_control(request.path) && net::is_utf8(request.path));
    for (const auto& [name, value] : request.headers) {
        require(!has_control(name) && !has_control(value) && net::is_utf8(value));
        (void)net::parse_byte_range(value, 1'000);
        (void)net::parse_http_url(value);
    }
    for (const auto& [name, value] : request.query) {
        require(!has_control(name) && !has_control(value) && net::is_utf8(value));
    }
    origin.apply(request, "127.0.0.1", false);
    require(request.peer == net::usual_address(request.peer) && !request.peer.empty());
    if (net::wants_websocket(request)) {
        (void)net::check_websocket_request(request);
    }
}

}  // namespace

/// The first byte says how the stream is cut into pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const net::RequestOrigin origin({"127.0.0.1", "10.0.0.1"});
    const std::size_t piece = std::size_t{data[0]} + 1;
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    HttpRequestParser parser(2'048, 4'096);
    while (!rest.empty() && parser.state() != HttpRequestParser::State::Refused) {
        auto state = parser.feed(rest.substr(0, piece));
        rest.remove_prefix(std::min(piece, rest.size()));
        while (state == HttpRequestParser::State::Done) {
            check(parser.take(), origin);
            state = parser.next();
        }
    }
    return 0;
}
