#include "console/idempotency.hpp"

#include <functional>

namespace bongsu::console {
namespace {

std::size_t fingerprint_of(const net::HttpRequest& request) {
    return std::hash<std::string>{}(request.method + '\n' + request.path + '\n' + request.body);
}

}  // namespace

void Idempotency::forget_old(State& state, MonoTime now) const {
    while (!state.order.empty()) {
        const auto oldest = state.entries.find(state.order.front());
        const bool is_gone = oldest == state.entries.end();
        const bool is_due = !is_gone && (state.entries.size() >= capacity_ ||
                                         now - oldest->second.since > keep_for_);
        if (!is_gone && (!is_due || !oldest->second.response)) {
            return;
        }
        if (!is_gone) {
            state.entries.erase(oldest);
        }
        state.order.pop_front();
    }
}

Result<std::optional<net::HttpResponse>> Idempotency::begin(
    const Key& key, const net::HttpRequest& request, MonoTime now
) {
    return state_.with([&](State& state) -> Result<std::optional<net::HttpResponse>> {
        forget_old(state, now);
        const std::size_t fingerprint = fingerprint_of(request);
        const auto [entry, is_new] = state.entries.try_emplace(key, fingerprint, now, std::nullopt);
        if (is_new) {
            state.order.push_back(key);
            return std::nullopt;
        }
        if (entry->second.fingerprint != fingerprint) {
            return fail(
                ErrorKind::InvalidArgument,
                "key_used"_code,
                "this Idempotency-Key was used for another request; use a new one"
            );
        }
        if (!entry->second.response) {
            return fail(
                ErrorKind::FailedPrecondition,
                "key_running"_code,
                "the first request with this key is still running"
            );
        }
        return entry->second.response;
    });
}

void Idempotency::finish(const Key& key, const net::HttpResponse& response) {
    state_.with([&](State& state) {
        if (const auto entry = state.entries.find(key); entry != state.entries.end()) {
            entry->second.response = response;
        }
    });
}

void Idempotency::abandon(const Key& key) {
    state_.with([&](State& state) { state.entries.erase(key); });
}

}  // namespace bongsu::console
