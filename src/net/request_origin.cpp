#include "net/request_origin.hpp"

#include "net/http_text.hpp"

#include <boost/asio/ip/address.hpp>

namespace bongsu::net {

namespace ip = boost::asio::ip;

std::string usual_address(std::string_view text) {
    constexpr std::size_t kLongest = 64;
    if (text.size() > kLongest) {
        return {};
    }
    boost::system::error_code code;
    ip::address address = ip::make_address(std::string(text), code);
    if (code) {
        return {};
    }
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    return address.to_string();
}

RequestOrigin::RequestOrigin(const std::vector<std::string>& trusted_proxies) {
    for (const std::string& proxy : trusted_proxies) {
        if (std::string address = usual_address(proxy); !address.empty()) {
            trusted_.insert(std::move(address));
        }
    }
}

bool RequestOrigin::is_trusted(std::string_view address) const {
    return trusted_.contains(address);
}

/// The last address that no trusted proxy wrote about another: what stands left of it is the
/// client's own claim.
std::string RequestOrigin::forwarded_peer(const HttpRequest& request, const std::string& peer)
    const {
    std::string found = peer;
    for (auto field = request.headers.rbegin(); field != request.headers.rend(); ++field) {
        if (field->first != "x-forwarded-for") {
            continue;
        }
        std::string_view list = field->second;
        while (!list.empty()) {
            const auto comma = list.rfind(',');
            const bool is_first = comma == std::string_view::npos;
            const auto word = trimmed(is_first ? list : list.substr(comma + 1));
            list = is_first ? std::string_view{} : list.substr(0, comma);
            const std::string address = usual_address(word);
            if (address.empty()) {
                return found;
            }
            found = address;
            if (!is_trusted(found)) {
                return found;
            }
        }
    }
    return found;
}

void RequestOrigin::apply(HttpRequest& request, const std::string& peer, bool is_tls) const {
    request.peer = peer;
    request.is_secure = is_tls;
    if (!is_trusted(peer)) {
        std::erase_if(request.headers, [](const auto& field) {
            return field.first.starts_with("x-forwarded-") || field.first == "forwarded";
        });
        return;
    }
    request.peer = forwarded_peer(request, peer);
    if (const std::string* scheme = request.header("x-forwarded-proto")) {
        request.is_secure = equal_ignoring_case(trimmed(*scheme), "https");
    }
}

}  // namespace bongsu::net
