#pragma once

#include "net/http.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::net {

/// Decides who sent a request and over what. X-Forwarded-For and -Proto count only when the
/// connection comes from a trusted proxy; from everybody else they are removed, so that no handler
/// believes them.
class RequestOrigin {
public:
    /// Addresses of proxies; unreadable ones never match.
    explicit RequestOrigin(const std::vector<std::string>& trusted_proxies);

    bool is_trusted(std::string_view address) const;

    /// Fills `peer` and `is_secure`. `peer` is the address of the connection's other end.
    void apply(HttpRequest& request, const std::string& peer, bool is_tls) const;

private:
    std::string forwarded_peer(const HttpRequest& request, const std::string& peer) const;

    std::set<std::string, std::less<>> trusted_;
};

/// The address in its one usual form ("::ffff:192.0.2.1" becomes "192.0.2.1"), or empty.
std::string usual_address(std::string_view text);

}  // namespace bongsu::net
