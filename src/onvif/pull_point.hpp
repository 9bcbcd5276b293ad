#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/event.hpp"
#include "onvif/soap_channel.hpp"
#include "onvif/url.hpp"

#include <string>
#include <vector>

namespace bongsu::onvif {

struct PullPointOptions {
    Duration lifetime = std::chrono::seconds{60};  ///< asked for at creation and renewal
    bool corrects_hosts = true;
};

/// A subscription to one camera's events (core specification 9.2, real-time pull-point interface).
/// Not thread-safe. `channel` must outlive it; destruction leaves the subscription to its end of
/// life, unsubscribe() ends it at once.
class PullPoint {
public:
    /// Subscribes to everything and asks for the present state of all properties.
    static Result<PullPoint> create(
        SoapChannel& channel, const Url& events, const PullPointOptions& options = {}
    );

    /// Waits up to `wait` for events; an empty list when none came. At most `limit` at once.
    Result<std::vector<OnvifEvent>> pull(Duration wait, int limit);

    Status renew();
    Status unsubscribe();

    /// When the subscription should be renewed: at half of the life that the camera granted.
    MonoTime renew_at() const { return renew_at_; }

private:
    PullPoint(SoapChannel& channel, Url address, const PullPointOptions& options)
        : channel_(&channel), address_(std::move(address)), options_(options) {}

    SoapRequest request(std::string_view action, std::string body) const;
    void note_life(pugi::xml_node response, MonoTime asked);

    SoapChannel* channel_;
    Url address_;
    PullPointOptions options_;
    std::string reference_parameters_;  ///< XML that must come back in each header
    MonoTime renew_at_;
};

}  // namespace bongsu::onvif
