#include "console/playback_trail.hpp"

#include "fleet/fleet.hpp"

#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

constexpr Duration kStretch = std::chrono::minutes{10};
constexpr Duration kRemembered = std::chrono::hours{1};
constexpr std::size_t kMostRemembered = 10'000;

std::string detail_of(const TimeSpan& span) {
    return boost::json::serialize(
        boost::json::object{{"from", to_iso8601(span.from)}, {"to", to_iso8601(span.to)}}
    );
}

}  // namespace

Status PlaybackTrail::look(const Call& call, const TimeSpan& span) {
    const std::string camera = call.camera->config.id.value();
    const std::string purpose = identity::to_string(call.purpose);
    const std::int64_t first = span.from.time_since_epoch() / kStretch;
    const std::int64_t last = (span.to - Duration{1}).time_since_epoch() / kStretch;
    const MonoTime now = call.gate.clock->mono();
    bool is_any_new = false;
    {
        const std::scoped_lock lock(mutex_);
        forget_old(now);
        for (std::int64_t stretch = first; stretch <= last; ++stretch) {
            is_any_new =
                is_new({call.principal->user, camera, purpose, stretch}, now) || is_any_new;
        }
    }
    if (!is_any_new) {
        return {};
    }
    const Status written = call.audit(
        call.route.operation, "camera:" + camera, audit::Outcome::Allowed, detail_of(span)
    );
    if (!written) {
        const std::scoped_lock lock(mutex_);
        known_.clear();  // the next piece tries again
        order_.clear();
        return fail(written.error().within("the audit log does not take the record"));
    }
    return {};
}

bool PlaybackTrail::is_new(const Stretch& stretch, MonoTime now) {
    if (!known_.insert(stretch).second) {
        return false;
    }
    order_.push_back({.stretch = stretch, .when = now});
    return true;
}

void PlaybackTrail::forget_old(MonoTime now) {
    while (!order_.empty() &&
           (now - order_.front().when > kRemembered || order_.size() > kMostRemembered)) {
        known_.erase(order_.front().stretch);
        order_.pop_front();
    }
}

}  // namespace bongsu::console
