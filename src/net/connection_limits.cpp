#include "net/connection_limits.hpp"

namespace bongsu::net {

ConnectionLimits::ConnectionLimits(std::size_t max_all, std::size_t max_per_peer, Gauge& gauge)
    : max_all_(max_all), max_per_peer_(max_per_peer), gauge_(gauge) {}

std::shared_ptr<void> ConnectionLimits::admit(const std::string& peer, bool is_proxy) {
    {
        const std::scoped_lock lock(mutex_);
        const auto known = by_peer_.find(peer);
        const std::size_t of_peer = known == by_peer_.end() ? 0 : known->second;
        if (open_ >= max_all_ || (!is_proxy && of_peer >= max_per_peer_)) {
            return nullptr;
        }
        ++open_;
        ++by_peer_[peer];
        gauge_.set(static_cast<double>(open_));
    }
    return {this, [peer](ConnectionLimits* limits) { limits->leave(peer); }};
}

void ConnectionLimits::leave(const std::string& peer) {
    const std::scoped_lock lock(mutex_);
    --open_;
    gauge_.set(static_cast<double>(open_));
    const auto known = by_peer_.find(peer);
    if (known != by_peer_.end() && --known->second == 0) {
        by_peer_.erase(known);
    }
}

std::size_t ConnectionLimits::open() const {
    const std::scoped_lock lock(mutex_);
    return open_;
}

}  // namespace bongsu::net
