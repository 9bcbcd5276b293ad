#include "onvif/media_service.hpp"

namespace bongsu::onvif {

namespace {

constexpr std::string_view kMedia1 = "http://www.onvif.org/ver10/media/wsdl/";
constexpr std::string_view kMedia2 = "http://www.onvif.org/ver20/media/wsdl/";

SoapRequest request1(std::string_view operation, std::string body) {
    return {.action = std::string(kMedia1) + std::string(operation), .body = std::move(body)};
}

SoapRequest request2(std::string_view operation, std::string body) {
    return {.action = std::string(kMedia2) + std::string(operation), .body = std::move(body)};
}

SoapRequest profiles_request(MediaGeneration generation) {
    return generation == MediaGeneration::Media2
               ? request2(
                     "GetProfiles", "<tr2:GetProfiles><tr2:Type>All</tr2:Type></tr2:GetProfiles>"
                 )
               : request1("GetProfiles", "<trt:GetProfiles/>");
}

/// The ways to ask for a stream's address, best first: Media2 names RTP in RTSP's own connection
/// "RTSP", which some cameras do not know.
std::vector<SoapRequest> stream_requests(MediaGeneration generation, const std::string& token) {
    const std::string escaped = escape_xml(token);
    if (generation == MediaGeneration::Media1) {
        return {request1(
            "GetStreamUri",
            "<trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
            "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>" +
                escaped + "</trt:ProfileToken></trt:GetStreamUri>"
        )};
    }
    std::vector<SoapRequest> requests;
    for (const char* protocol : {"RTSP", "RtspUnicast"}) {
        requests.push_back(request2(
            "GetStreamUri",
            std::string("<tr2:GetStreamUri><tr2:Protocol>") + protocol +
                "</tr2:Protocol><tr2:ProfileToken>" + escaped +
                "</tr2:ProfileToken></tr2:GetStreamUri>"
        ));
    }
    return requests;
}

SoapRequest snapshot_request(MediaGeneration generation, const std::string& token) {
    const std::string escaped = escape_xml(token);
    return generation == MediaGeneration::Media2
               ? request2(
                     "GetSnapshotUri",
                     "<tr2:GetSnapshotUri><tr2:ProfileToken>" + escaped +
                         "</tr2:ProfileToken></tr2:GetSnapshotUri>"
                 )
               : request1(
                     "GetSnapshotUri",
                     "<trt:GetSnapshotUri><trt:ProfileToken>" + escaped +
                         "</trt:ProfileToken></trt:GetSnapshotUri>"
                 );
}

/// Media2 answers Uri, Media1 MediaUri/Uri; both are taken from both.
Result<std::string> read_uri(pugi::xml_node response, const Url* asked) {
    std::string text = text_at(response, "Uri");
    if (text.empty()) {
        text = text_at(response, "MediaUri/Uri");
    }
    BONGSU_ASSIGN(const Url url, parse_url(text));
    return asked != nullptr ? reachable(url, *asked).text() : url.text();
}

Result<std::string> read_stream_url(
    SoapChannel& channel,
    const Url& service,
    MediaGeneration generation,
    const std::string& token,
    const Url* asked
) {
    Error last;
    for (const SoapRequest& request : stream_requests(generation, token)) {
        const auto reply = channel.call(service.text(), request);
        auto url =
            reply ? read_uri(reply->response(), asked) : Result<std::string>(fail(reply.error()));
        if (url && (url->starts_with("rtsp://") || url->starts_with("rtsps://"))) {
            return url;
        }
        last = url ? Error{ErrorKind::Unsupported, "the camera offers no RTSP address", nullptr, "profile_left_out"_code}
                   : url.error();
        if (last.kind == ErrorKind::PermissionDenied || last.kind == ErrorKind::Timeout) {
            break;
        }
    }
    return fail(last);
}

std::string read_snapshot_url(
    SoapChannel& channel,
    const Url& service,
    MediaGeneration generation,
    const std::string& token,
    const Url* asked
) {
    const auto reply = channel.call(service.text(), snapshot_request(generation, token));
    const auto url =
        reply ? read_uri(reply->response(), asked) : Result<std::string>(fail(reply.error()));
    return url && url->starts_with("http") ? *url : std::string();
}

}  // namespace

Result<std::vector<MediaProfile>> read_bare_profiles(
    SoapChannel& channel, const Url& service, MediaGeneration generation
) {
    BONGSU_ASSIGN(
        const SoapReply reply, channel.call(service.text(), profiles_request(generation))
    );
    std::vector<MediaProfile> profiles = generation == MediaGeneration::Media2
                                             ? parse_profiles2(reply.response())
                                             : parse_profiles1(reply.response());
    if (profiles.empty()) {
        return fail(
            ErrorKind::NotFound,
            "no_codec"_code,
            "the camera has no media profile; make one on its page"
        );
    }
    return profiles;
}

Result<std::vector<MediaProfile>> read_profiles(
    SoapChannel& channel,
    const Url& service,
    MediaGeneration generation,
    const Url* asked,
    std::vector<Remark>& problems
) {
    BONGSU_ASSIGN(
        std::vector<MediaProfile> profiles, read_bare_profiles(channel, service, generation)
    );
    bool wants_snapshots = true;
    for (MediaProfile& profile : profiles) {
        auto url = read_stream_url(channel, service, generation, profile.token, asked);
        if (!url) {
            if (url.error().kind == ErrorKind::PermissionDenied ||
                url.error().kind == ErrorKind::Timeout) {
                return fail(url.error());
            }
            problems.push_back(
                {"profile_left_out"_code,
                 "Profile '" + profile.name + "' has no usable address: " + url.error().message}
            );
            continue;
        }
        profile.stream_url = *std::move(url);
        if (wants_snapshots) {
            profile.snapshot_url =
                read_snapshot_url(channel, service, generation, profile.token, asked);
            wants_snapshots = !profile.snapshot_url.empty();
        }
    }
    return profiles;
}

}  // namespace bongsu::onvif
