#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace bongsu::console {

/// Remembers the answers to changes that carried an Idempotency-Key, so that a repeated request is
/// answered and not done again. Keys belong to one user. Bounded: the oldest answers go first.
/// Thread-safe.
class Idempotency {
public:
    struct Key {
        std::string user;
        std::string text;  ///< the header
        auto operator<=>(const Key&) const = default;
    };

    explicit Idempotency(std::size_t capacity = 10'000, Duration keep_for = std::chrono::hours{24})
        : capacity_(capacity), keep_for_(keep_for) {}

    /// Nothing: the caller does the work and calls `finish` or `abandon`. An answer: it was done
    /// before. FailedPrecondition: the same key is being worked on; InvalidArgument: the key was
    /// used for another request.
    Result<std::optional<net::HttpResponse>> begin(
        const Key& key, const net::HttpRequest& request, MonoTime now
    );
    void finish(const Key& key, const net::HttpResponse& response);
    void abandon(const Key& key);

private:
    struct Entry {
        std::size_t fingerprint = 0;  ///< of method, path and body
        MonoTime since;
        std::optional<net::HttpResponse> response;
    };

    struct State {
        std::map<Key, Entry> entries;
        std::deque<Key> order;
    };

    void forget_old(State& state, MonoTime now) const;

    const std::size_t capacity_;
    const Duration keep_for_;
    Guarded<State> state_;
};

}  // namespace bongsu::console
