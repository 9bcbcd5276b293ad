#include "camsim/onvif/options.hpp"

#include "core/setting_fields.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace bongsu::camsim {

namespace {

constexpr double kDay = 86'400;

template <class Choice, std::size_t N>
Choice chosen(
    const std::array<std::pair<std::string_view, Choice>, N>& table, std::string_view name
) {
    for (const auto& [text, value] : table) {
        if (text == name) {
            return value;
        }
    }
    return table.front().second;
}

constexpr std::array<std::pair<std::string_view, OnvifFault>, 5> kFaults{
    {{"none", OnvifFault::None},
     {"wrong_password", OnvifFault::WrongPassword},
     {"slow", OnvifFault::Slow},
     {"garbage", OnvifFault::Garbage},
     {"refuses_media2", OnvifFault::RefusesMedia2}}
};
constexpr std::array<std::pair<std::string_view, OnvifLogin>, 3> kLogins{
    {{"both", OnvifLogin::Both}, {"token", OnvifLogin::Token}, {"digest", OnvifLogin::Digest}}
};

FieldSpec text(std::string name, const char* fallback, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Text,
        .fallback = fallback,
        .help = std::move(help)
    };
}

std::vector<FieldSpec> reach_fields() {
    return {
        fields::flag("onvif", false, "Cameras speak ONVIF too."),
        fields::whole("onvif_port", 8555, 0, 65535, "HTTP port of ONVIF; 0 takes any free one."),
        fields::flag(
            "onvif_own_addresses",
            false,
            "Each camera answers on an address of its own, counted up from bind: 127.0.0.1, "
            "127.0.0.2 ...; at most 64 cameras."
        ),
        text("onvif_host", "", "Host that cameras name in addresses; empty: as they are reached."),
        fields::flag("onvif_discovery", true, "Answer WS-Discovery probes."),
        text("onvif_discovery_address", "127.0.0.1", "Own address whose network is listened to."),
        fields::whole("onvif_discovery_port", 3702, 0, 65535, "UDP port of WS-Discovery."),
    };
}

std::vector<FieldSpec> behaviour_fields() {
    return {
        fields::flag("onvif_media2", true, "Offer Media2 beside Media1."),
        fields::flag("onvif_ptz", true, "Cameras can be moved."),
        fields::choice(
            "onvif_login",
            {"both", "token", "digest"},
            "Which logins are taken, once auth asks for one: UsernameToken, HTTP digest or both."
        ),
        fields::seconds(
            "onvif_clock_offset", "0", -kDay, kDay, "How far the cameras' clocks are ahead."
        ),
        fields::seconds(
            "onvif_motion_every", "0", 0, kDay, "Time between scripted motion alarms; 0: none."
        ),
        fields::choice(
            "onvif_fault",
            {"none", "wrong_password", "slow", "garbage", "refuses_media2"},
            "What goes wrong on purpose."
        ),
        fields::seconds("onvif_slow_by", "3s", 0, 3600, "How long slow answers wait."),
    };
}

}  // namespace

std::vector<FieldSpec> onvif_fields() {
    std::vector<FieldSpec> all = reach_fields();
    for (FieldSpec& field : behaviour_fields()) {
        all.push_back(std::move(field));
    }
    return all;
}

OnvifOptions onvif_options(const Settings& settings) {
    return {
        .is_on = settings.flag("onvif"),
        .port = static_cast<std::uint16_t>(settings.integer("onvif_port")),
        .has_own_addresses = settings.flag("onvif_own_addresses"),
        .host = settings.text("onvif_host"),
        .has_discovery = settings.flag("onvif_discovery"),
        .discovery_address = settings.text("onvif_discovery_address"),
        .discovery_port = static_cast<std::uint16_t>(settings.integer("onvif_discovery_port")),
        .has_media2 = settings.flag("onvif_media2"),
        .has_ptz = settings.flag("onvif_ptz"),
        .login = chosen(kLogins, settings.text("onvif_login")),
        .clock_offset = settings.duration("onvif_clock_offset"),
        .motion_every = settings.duration("onvif_motion_every"),
        .fault = chosen(kFaults, settings.text("onvif_fault")),
        .slow_by = settings.duration("onvif_slow_by"),
    };
}

}  // namespace bongsu::camsim
