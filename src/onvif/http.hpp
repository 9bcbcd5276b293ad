#pragma once

#include "core/result.hpp"
#include "net/http_client.hpp"

#include <functional>
#include <string>

namespace bongsu::onvif {

struct Credentials {
    std::string user;
    std::string password;

    bool is_empty() const { return user.empty(); }
};

/// Does one call and waits for its end; net::http_call outside of tests. Must follow no redirect: a
/// camera that sends us elsewhere with our credentials is not trusted. Thread-safe.
using Http = std::function<Result<net::HttpResponse>(const net::HttpCall&)>;

}  // namespace bongsu::onvif
