#include "ingest/rtsp/rtsp_settings.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::ingest::rtsp {
namespace {

using fields::choice;
using fields::seconds;

FieldSpec optional_text(std::string name, FieldType type, std::string help) {
    FieldSpec field;
    field.name = std::move(name);
    field.type = type;
    field.help = std::move(help);
    field.is_optional = true;
    return field;
}

}  // namespace

const SettingsSchema& RtspSettings::schema() {
    static const SettingsSchema schema{{
        choice(
            "transport",
            {"auto", "tcp", "udp"},
            "How video travels: auto asks for TCP and takes UDP from a camera that refuses it."
        ),
        choice(
            "keep_alive",
            {"auto", "get_parameter", "options", "off"},
            "What keeps the session alive; auto uses GET_PARAMETER only from cameras that list it."
        ),
        optional_text("user", FieldType::Text, "User name; stands above the one in the URL."),
        optional_text("password", FieldType::Secret, "Password; stands above the one in the URL."),
        seconds("connect_timeout", "5s", 0.1, 120, "Longest wait for the TCP connection."),
        seconds("reply_timeout", "5s", 0.1, 120, "Longest wait for the answer to a request."),
        seconds(
            "stall_timeout", "10s", 0.5, 600, "A stream without any data for this long is lost."
        ),
        seconds(
            "key_timeout", "30s", 1, 600, "A stream without a key picture for this long is lost."
        ),
        seconds(
            "first_retry", "1s", 0.05, 600, "Wait before the second attempt; doubles each time."
        ),
        seconds(
            "longest_retry", "8s", 0.05, 3600, "Longest wait for a camera that cannot be reached."
        ),
        seconds(
            "refused_retry",
            "60s",
            0.05,
            3600,
            "Wait after a refusal that only a person can repair; after refused passwords it "
            "doubles "
            "up to sixteen times as long."
        ),
        seconds(
            "read_interval",
            "100ms",
            0,
            1,
            "Reads a TCP connection no more often than this, which delays pictures by as much and "
            "costs a "
            "fraction; 0 reads at once."
        ),
    }};
    return schema;
}

Result<RtspSettings> RtspSettings::from(const std::string& url, const Settings& settings) {
    RtspSettings result;
    BONGSU_ASSIGN(result.url, media::parse_rtsp_url(url));
    result.credentials = {
        .user = settings.has("user") ? settings.text("user") : result.url.user,
        .password = settings.has("password") ? settings.text("password") : result.url.password,
    };
    const std::string& transport = settings.text("transport");
    result.transport = transport == "tcp"   ? TransportChoice::Tcp
                       : transport == "udp" ? TransportChoice::Udp
                                            : TransportChoice::Auto;
    const std::string& keep_alive = settings.text("keep_alive");
    result.keep_alive = keep_alive == "get_parameter" ? KeepAlive::GetParameter
                        : keep_alive == "options"     ? KeepAlive::Options
                        : keep_alive == "off"         ? KeepAlive::Off
                                                      : KeepAlive::Auto;
    result.connect_timeout = settings.duration("connect_timeout");
    result.reply_timeout = settings.duration("reply_timeout");
    result.stall_timeout = settings.duration("stall_timeout");
    result.key_timeout = settings.duration("key_timeout");
    result.first_retry = settings.duration("first_retry");
    result.longest_retry = settings.duration("longest_retry");
    result.refused_retry = settings.duration("refused_retry");
    result.read_interval = settings.duration("read_interval");
    return result;
}

}  // namespace bongsu::ingest::rtsp
