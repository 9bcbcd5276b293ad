#include "onvif/ptz_session.hpp"

#include "onvif/device.hpp"
#include "onvif/media_service.hpp"
#include "onvif/profile.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <optional>

namespace bongsu::onvif {

namespace {

constexpr Duration kCallDeadline = std::chrono::seconds{3};
constexpr Duration kLongestMove = std::chrono::seconds{5};

/// The profile to move: any one with a PTZ configuration points to the same head.
Result<std::string> ptz_profile(SoapChannel& channel, const Services& services) {
    Error last{ErrorKind::Unsupported, "the camera has no media service", nullptr};
    for (const auto generation : {MediaGeneration::Media2, MediaGeneration::Media1}) {
        const auto& service =
            generation == MediaGeneration::Media2 ? services.media2 : services.media1;
        if (!service) {
            continue;
        }
        const auto profiles = read_bare_profiles(channel, *service, generation);
        if (!profiles) {
            last = profiles.error();
            continue;
        }
        const auto found = std::ranges::find_if(*profiles, [](const MediaProfile& profile) {
            return !profile.ptz_token.empty();
        });
        if (found != profiles->end()) {
            return found->token;
        }
        last = {ErrorKind::Unsupported, "no profile of the camera can be moved", nullptr};
    }
    return fail(last);
}

}  // namespace

struct PtzSession::Impl {
    /// A connected camera.
    struct Link {
        SoapChannel channel;
        std::optional<Ptz> ptz;
        PtzAbilities abilities;
    };

    Status connect();

    /// Does it, once more on a new connection when the first try fails for a reason that a new one
    /// may heal: the camera started again, its nonce or clock changed.
    template <class Action>
    auto with_link(Action action) -> decltype(action(std::declval<Link&>()));

    OnvifConfig config;
    Http http;
    const Clock& clock;
    std::mutex mutex;
    std::unique_ptr<Link> link;
};

Status PtzSession::Impl::connect() {
    BONGSU_ASSIGN(const Url device, device_service(config.address));
    auto fresh = std::make_unique<Link>(Link{
        .channel = {http, {config.user, config.password}, clock, {.deadline = kCallDeadline}},
        .ptz = std::nullopt,
        .abilities = {}
    });
    if (const auto offset = read_clock_offset(fresh->channel, device)) {
        fresh->channel.set_clock_offset(*offset);
    } else if (offset.error().kind == ErrorKind::Unavailable ||
               offset.error().kind == ErrorKind::Timeout) {
        return fail(offset.error());
    }
    BONGSU_ASSIGN(const Services services, read_services(fresh->channel, device, true));
    if (!services.ptz) {
        return fail(ErrorKind::Unsupported, "not_movable"_code, "the camera cannot be moved");
    }
    BONGSU_ASSIGN(std::string profile, ptz_profile(fresh->channel, services));
    fresh->ptz.emplace(fresh->channel, *services.ptz, std::move(profile));
    BONGSU_ASSIGN(fresh->abilities, fresh->ptz->abilities());
    link = std::move(fresh);
    return {};
}

template <class Action>
auto PtzSession::Impl::with_link(Action action) -> decltype(action(std::declval<Link&>())) {
    const std::scoped_lock lock(mutex);
    const bool was_connected = link != nullptr;
    if (!was_connected) {
        BONGSU_TRY(connect());
    }
    auto result = action(*link);
    const bool may_heal = !result && (result.error().kind == ErrorKind::PermissionDenied ||
                                      result.error().kind == ErrorKind::Unavailable);
    if (!may_heal) {
        return result;
    }
    link.reset();
    if (!was_connected) {
        return result;
    }
    BONGSU_TRY(connect());
    return action(*link);
}

PtzSession::PtzSession(OnvifConfig config, Http http, const Clock& clock)
    : impl_(new Impl{.config = std::move(config), .http = std::move(http), .clock = clock}) {}

PtzSession::~PtzSession() = default;

Result<PtzOffer> PtzSession::offer() {
    return impl_->with_link([](Impl::Link& link) -> Result<PtzOffer> {
        auto presets = link.ptz->presets();
        if (!presets && presets.error().kind != ErrorKind::Unsupported) {
            return fail(presets.error());
        }
        return PtzOffer{link.abilities, presets ? *std::move(presets) : std::vector<PtzPreset>{}};
    });
}

Status PtzSession::move(const PtzVector& speed) {
    return impl_->with_link([&](Impl::Link& link) { return link.ptz->move(speed, kLongestMove); });
}

Status PtzSession::stop() {
    return impl_->with_link([](Impl::Link& link) { return link.ptz->stop(); });
}

Status PtzSession::home() {
    return impl_->with_link([](Impl::Link& link) { return link.ptz->home(); });
}

Status PtzSession::go_to_preset(const std::string& token) {
    return impl_->with_link([&](Impl::Link& link) { return link.ptz->go_to_preset(token); });
}

Status PtzSession::go_to(const PtzVector& place) {
    return impl_->with_link([&](Impl::Link& link) { return link.ptz->go_to(place, link.abilities); }
    );
}

Result<PtzStatus> PtzSession::status() {
    return impl_->with_link([](Impl::Link& link) { return link.ptz->status(); });
}

}  // namespace bongsu::onvif
