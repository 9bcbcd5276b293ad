#include "console/playback_trail.hpp"

#include "console/hidden_areas.hpp"
#include "fleet/fleet.hpp"

#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

constexpr Duration kRemembered = std::chrono::hours{1};
constexpr std::size_t kMostRemembered = 10'000;

std::string detail_of(const TimeSpan& span, bool is_unmasked) {
    boost::json::object detail{{"from", to_iso8601(span.from)}, {"to", to_iso8601(span.to)}};
    if (is_unmasked) {
        detail.emplace("unmasked", true);
    }
    return boost::json::serialize(detail);
}

}  // namespace

Status PlaybackTrail::look(const Call& call, const TimeSpan& span, Duration length) {
    const std::string camera = call.camera->config.id.value();
    const std::string purpose = identity::to_string(call.purpose);
    const std::int64_t first = span.from.time_since_epoch() / length;
    const std::int64_t last = (span.to - Duration{1}).time_since_epoch() / length;
    const bool is_unmasked =
        !call.camera->config.private_masks.empty() && may_unmask(call, *call.camera);
    const std::string what = std::string(call.route.operation) + (is_unmasked ? " unmasked" : "");
    const MonoTime now = call.gate.clock->mono();
    bool is_any_new = false;
    {
        const std::scoped_lock lock(mutex_);
        forget_old(now);
        for (std::int64_t stretch = first; stretch <= last; ++stretch) {
            is_any_new =
                is_new({call.principal->user, what, camera, purpose, stretch}, now) || is_any_new;
        }
    }
    if (!is_any_new) {
        return {};
    }
    const Status written = call.audit(
        call.route.operation,
        "camera:" + camera,
        audit::Outcome::Allowed,
        detail_of(span, is_unmasked)
    );
    if (!written) {
        const std::scoped_lock lock(mutex_);
        known_.clear();  // the next piece tries again
        order_.clear();
        return fail(
            written.error().within("the audit log does not take the record", "audit_closed"_code)
        );
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
