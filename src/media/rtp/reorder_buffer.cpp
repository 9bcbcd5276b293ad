#include "media/rtp/reorder_buffer.hpp"

#include <algorithm>

namespace bongsu::media {
namespace {

constexpr int kMaxMisorder = 100;  // RFC 3550 A.1: further back means that the sender restarted

}  // namespace

bool ReorderBuffer::push(std::uint16_t sequence, Bytes datagram, MonoTime now) {
    if (!next_) {
        next_ = sequence;
    }
    const auto ahead = static_cast<std::int16_t>(
        static_cast<std::uint16_t>(sequence - static_cast<std::uint16_t>(*next_))
    );
    if (ahead < -kMaxMisorder) {
        waiting_.clear();
        next_ = std::int64_t{sequence} + 1;
        return true;
    }
    if (ahead < 0) {
        return false;
    }
    if (ahead == 0) {
        ++*next_;
        return true;
    }
    waiting_.try_emplace(
        *next_ + ahead, Waiting{std::vector<std::uint8_t>(datagram.begin(), datagram.end()), now}
    );
    return false;
}

std::optional<std::vector<std::uint8_t>> ReorderBuffer::pop(MonoTime now) {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    const auto first = waiting_.begin();
    if (first->first != *next_) {
        const auto oldest = std::ranges::min_element(waiting_, {}, [](const auto& entry) {
            return entry.second.since;
        });
        if (waiting_.size() < capacity_ && now - oldest->second.since < max_wait_) {
            return std::nullopt;
        }
    }
    next_ = first->first + 1;
    auto datagram = std::move(first->second.datagram);
    waiting_.erase(first);
    return datagram;
}

}  // namespace bongsu::media
