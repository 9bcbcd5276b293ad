#include "media/rtsp/sdp.hpp"

#include "media/nal/nal_unit.hpp"
#include "media/rtsp/base64.hpp"
#include "media/rtsp/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::media {
namespace {

constexpr std::string_view kScheme = "rtsp://";
constexpr std::size_t kMaxMedia = 32;
constexpr std::size_t kMaxFormatParameters = 64;

std::optional<Codec> codec_of(std::string_view encoding) {
    if (equals_ignoring_case(encoding, "H264")) {
        return Codec::H264;
    }
    if (equals_ignoring_case(encoding, "H265") || equals_ignoring_case(encoding, "HEVC")) {
        return Codec::H265;
    }
    return std::nullopt;
}

/// "video 0 RTP/AVP 96 97"; TP-LINK writes words where the payload type belongs.
SdpMedia parse_media_line(std::string_view line) {
    SdpMedia media;
    media.kind = to_lower(trim(take_until(line, ' ')));
    take_until(line, ' ');
    take_until(line, ' ');
    media.payload_type = parse_number<int>(trim(take_until(line, ' '))).value_or(-1);
    return media;
}

/// "96 H264/90000". Only the first payload type of a section is set up.
void read_rtpmap(SdpMedia& media, std::string_view value) {
    const auto payload_type = parse_number<int>(trim(take_until(value, ' ')));
    if (!payload_type) {
        return;
    }
    if (media.payload_type == -1) {
        media.payload_type = *payload_type;
    }
    if (*payload_type != media.payload_type) {
        return;
    }
    value = trim(value);
    media.encoding = std::string(trim(take_until(value, '/')));
    media.clock_rate = parse_number<std::uint32_t>(trim(take_until(value, '/'))).value_or(0);
    media.codec = codec_of(media.encoding);
}

/// "96 name=value; name=value"
void read_fmtp(SdpMedia& media, std::string_view value) {
    if (parse_number<int>(trim(take_until(value, ' '))) != media.payload_type) {
        return;
    }
    while (!value.empty() && media.format.size() < kMaxFormatParameters) {
        std::string_view parameter = trim(take_until(value, ';'));
        const auto name = to_lower(trim(take_until(parameter, '=')));
        if (!name.empty()) {
            media.format.emplace(name, std::string(trim(parameter)));
        }
    }
}

void read_attribute(SdpDescription& description, std::string_view line) {
    const auto name = trim(take_until(line, ':'));
    const auto value = trim(line);
    if (description.media.empty()) {
        if (equals_ignoring_case(name, "control")) {
            description.control = std::string(value);
        }
        return;
    }
    SdpMedia& media = description.media.back();
    if (equals_ignoring_case(name, "control")) {
        media.control = std::string(value);
    } else if (equals_ignoring_case(name, "rtpmap")) {
        read_rtpmap(media, value);
    } else if (equals_ignoring_case(name, "fmtp")) {
        read_fmtp(media, value);
    } else if (equals_ignoring_case(name, "framerate")) {
        media.frame_rate = parse_number<double>(value).value_or(0);
    }
}

/// sprop-parameter-sets (RFC 6184 8.1) and sprop-vps, -sps, -pps (RFC 7798 7.1): base64,
/// comma-separated.
void decode_parameter_sets(SdpMedia& media) {
    for (const char* name : {"sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps"}) {
        const auto found = media.format.find(name);
        if (found == media.format.end()) {
            continue;
        }
        std::string_view rest = found->second;
        while (!rest.empty()) {
            auto nal = base64_decode(trim(take_until(rest, ',')));
            if (nal && !nal->empty()) {
                add_parameter_set(media.parameter_sets, *media.codec, *nal);
            }
        }
    }
}

/// Scheme and authority of a URL: "rtsp://host:port".
std::string_view authority_of(std::string_view url) {
    return url.substr(0, url.find_first_of("/?", std::min(url.size(), kScheme.size())));
}

}  // namespace

Result<SdpDescription> parse_sdp(std::string_view text) {
    SdpDescription description;
    while (!text.empty()) {
        const auto line = trim(take_until(text, '\n'));
        if (line.size() < 2 || line[1] != '=') {
            continue;
        }
        const auto value = line.substr(2);
        if (line[0] == 'm' && description.media.size() < kMaxMedia) {
            description.media.push_back(parse_media_line(value));
        } else if (line[0] == 'a') {
            read_attribute(description, value);
        }
    }
    if (description.media.empty()) {
        return fail(ErrorKind::Corrupt, "the stream description (SDP) lists no media");
    }
    for (SdpMedia& media : description.media) {
        if (media.codec) {
            decode_parameter_sets(media);
        }
    }
    return description;
}

Result<SdpMedia> choose_video(const SdpDescription& description) {
    std::string offered;
    for (const SdpMedia& media : description.media) {
        if (media.kind != "video") {
            continue;
        }
        if (media.codec) {
            return media;
        }
        const std::string name = media.encoding.empty()
                                     ? fmt::format("payload type {}", media.payload_type)
                                     : printable(media.encoding, 20);
        offered += (offered.empty() ? "" : ", ") + name;
    }
    if (offered.empty()) {
        return fail(ErrorKind::Unsupported, "the stream has no video");
    }
    return fail(
        ErrorKind::Unsupported,
        fmt::format(
            "the video is coded as {}; only H264 and H265 can be taken, so choose one of them in "
            "the "
            "camera's settings",
            offered
        )
    );
}

std::string resolve_control(std::string_view base, std::string_view control) {
    control = trim(control);
    if (control.empty() || control == "*") {
        return std::string(base);
    }
    if (control.contains("://")) {
        return std::string(control);
    }
    if (control.starts_with('/')) {
        return std::string(authority_of(base)).append(control);
    }
    std::string url(base);
    if (!url.ends_with('/')) {
        url += '/';
    }
    return url.append(control);
}

std::string base_url(
    const std::string* content_base,
    const std::string* content_location,
    std::string_view request_url
) {
    for (const std::string* header : {content_base, content_location}) {
        const auto text = header == nullptr ? std::string_view{} : trim(*header);
        if (text.empty()) {
            continue;
        }
        if (starts_with_ignoring_case(text, kScheme)) {
            return std::string(text);
        }
        if (text.starts_with('/')) {
            return std::string(authority_of(request_url)).append(text);
        }
        if (!text.contains("://") && text.contains('/')) {
            return std::string(kScheme).append(text);  // "192.168.1.10:554/stream0/" (anjvision)
        }
    }
    return std::string(request_url);
}

}  // namespace bongsu::media
