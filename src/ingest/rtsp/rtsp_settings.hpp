#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"
#include "media/rtsp/digest.hpp"
#include "media/rtsp/url.hpp"

#include <string>

namespace bongsu::ingest::rtsp {

enum class TransportChoice { Auto, Tcp, Udp };
enum class KeepAlive { Auto, GetParameter, Options, Off };

/// How one camera is spoken to.
struct RtspSettings {
    media::RtspUrl url;
    media::Credentials credentials;
    TransportChoice transport = TransportChoice::Auto;
    KeepAlive keep_alive = KeepAlive::Auto;
    Duration connect_timeout{};
    Duration reply_timeout{};
    Duration stall_timeout{};
    Duration key_timeout{};
    Duration first_retry{};
    Duration longest_retry{};
    Duration refused_retry{};
    Duration read_interval{};

    static const SettingsSchema& schema();
    static Result<RtspSettings> from(const std::string& url, const Settings& settings);
};

}  // namespace bongsu::ingest::rtsp
