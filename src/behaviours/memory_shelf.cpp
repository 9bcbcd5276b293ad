#include "behaviours/memory_shelf.hpp"

#include "behaviours/lasting_state.hpp"
#include "core/log.hpp"

#include <utility>

namespace bongsu::behaviours {
namespace {

constexpr Duration kPutEvery = std::chrono::minutes{15};

void complain(std::string_view event, const std::string& name, const Error& error) {
    log::warn(event, {{"memory", name}, {"why", error.describe()}});
}

}  // namespace

ShelfPlace::ShelfPlace(MemoryShelf* shelf, std::string name)
    : shelf_(shelf), name_(std::move(name)) {}

void ShelfPlace::fetch(Behaviour::State& state, WallTime now) {
    latest_ = now;
    auto* const lasting = shelf_ != nullptr ? dynamic_cast<LastingState*>(&state) : nullptr;
    if (lasting == nullptr) {
        return;
    }
    const Result<std::string> kept = shelf_->find(name_);
    if (!kept) {
        if (kept.error().kind != ErrorKind::NotFound) {
            complain("behaviours.memory_not_read", name_, kept.error());
        }
        return;
    }
    if (const Status recalled = lasting->recall(*kept); !recalled) {
        complain("behaviours.memory_not_understood", name_, recalled.error());
    }
}

void ShelfPlace::put(const Behaviour::State& state, WallTime now) {
    latest_ = now;
    const auto* const lasting =
        shelf_ != nullptr ? dynamic_cast<const LastingState*>(&state) : nullptr;
    const std::string kept = lasting != nullptr ? lasting->kept() : std::string{};
    if (kept.empty()) {
        return;
    }
    if (const Status done = shelf_->keep(name_, kept); !done) {
        complain("behaviours.memory_not_kept", name_, done.error());
    }
}

void ShelfPlace::put_when_due(const Behaviour::State& state, WallTime now) {
    if (!latest_ || now - *latest_ >= kPutEvery) {
        put(state, now);
    }
}

}  // namespace bongsu::behaviours
