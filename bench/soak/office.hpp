#pragma once

#include "console/city.hpp"
#include "console/web.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace bongsu::bench {

/// The session that all visitors of a station share, made anew every hour as people do with a
/// change of shift, and after the station refused it. Thread-safe.
class Office {
public:
    Office(std::string url, Account account) : url_(std::move(url)), account_(std::move(account)) {}

    Result<Login> login();

    /// One request of the interface; `body` is left out when null. Any answer but 2xx is an error
    /// with the status and the words of the answer. Null for an answer without JSON.
    Result<Value> ask(const std::string& method, const std::string& target, const Value& body = {});

private:
    Status renew_when_due();

    const std::string url_;
    const Account account_;
    const SystemClock clock_;
    std::mutex mutex_;
    std::optional<Login> login_;
    std::string csrf_;
    MonoTime since_{};
};

}  // namespace bongsu::bench
