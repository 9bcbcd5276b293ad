#include "camsim/faults/conversation_faults.hpp"

#include "media/rtsp/message.hpp"

#include <algorithm>

namespace bongsu::camsim {

namespace {

constexpr std::string_view kNoSprop = "no_sprop";
constexpr std::string_view kWrongSprop = "wrong_sprop";
constexpr std::string_view kBadOrigin = "bad_origin";
constexpr std::string_view kLyingRate = "lying_rate";
constexpr std::string_view kBackchannel = "backchannel";

// The parameter sets of another encoder, at another size (ITU-T H.264 7.3.2.1).
constexpr std::string_view kForeignSprop =
    "sprop-parameter-sets=Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==,aM4PyA==";

// ONVIF streaming 5.3: a track that the client may send to; a camera may offer it unasked.
constexpr std::string_view kAudioTracks =
    "m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=control:trackID=1\r\na=sendonly\r\n"
    "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:trackID=2\r\na=recvonly\r\n";

/// Where the line that holds `word` begins and where the next one does; npos when there is none.
struct LineSpan {
    std::size_t begin = std::string::npos;
    std::size_t end = std::string::npos;
};

LineSpan line_with(const std::string& sdp, std::string_view word) {
    const std::size_t at = sdp.find(word);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t before = sdp.rfind('\n', at);
    return {before == std::string::npos ? 0 : before + 1, sdp.find('\n', at) + 1};
}

void replace_line(std::string& sdp, std::string_view word, std::string_view line) {
    if (const LineSpan span = line_with(sdp, word); span.begin != std::string::npos) {
        sdp.replace(span.begin, span.end - span.begin, line);
    }
}

void add_flaw(std::string_view flaw, std::string& sdp) {
    const bool is_h264 = sdp.find("H264/") != std::string::npos;
    if (flaw == kNoSprop) {
        replace_line(sdp, "a=fmtp:", is_h264 ? "a=fmtp:96 packetization-mode=1\r\n" : "");
    } else if (flaw == kWrongSprop && is_h264) {
        const std::string line = "a=fmtp:96 packetization-mode=1;" + std::string(kForeignSprop);
        replace_line(sdp, "a=fmtp:", line + "\r\n");
    } else if (flaw == kBadOrigin) {
        replace_line(sdp, "o=", "o=- 18446744073709551616 -1 IN\r\no\r\n");
        replace_line(sdp, "t=", "t=\r\nm=application 0 RTP/AVP\r\n");
    } else if (flaw == kLyingRate) {
        replace_line(sdp, "a=framerate:", "a=framerate:60.00\r\n");
    } else if (flaw == kBackchannel) {
        sdp += kAudioTracks;
    }
}

void list_methods(media::RtspResponse& response, std::string methods) {
    response.headers.set("Public", std::move(methods));
}

void refuse(media::RtspResponse& response, int status) {
    response.status = status;
    response.reason = media::reason_of(status);
}

}  // namespace

void KeepAliveFault::change_response(
    const media::RtspRequest& request, media::RtspResponse& response
) const {
    if (flaw_ == KeepAliveFlaw::RefusesGetParameter && request.method == "GET_PARAMETER") {
        refuse(response, 454);
    }
    if (flaw_ != KeepAliveFlaw::RefusesSetParameter) {
        return;
    }
    if (request.method == "OPTIONS") {
        list_methods(response, "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, SET_PARAMETER");
    } else if (request.method == "SET_PARAMETER") {
        refuse(response, 400);
    } else if (request.method == "GET_PARAMETER") {
        refuse(response, 501);
    }
}

bool KeepAliveFault::is_sign_of_life(std::string_view method) const {
    return flaw_ != KeepAliveFlaw::OptionsOnly || (method != "GET_PARAMETER" && method != "RTCP");
}

bool KeepAliveFault::hangs_up_after(std::string_view method) const {
    return flaw_ == KeepAliveFlaw::RefusesGetParameter && method == "GET_PARAMETER";
}

void WrongNumbers::change_response(
    const media::RtspRequest& /*request*/, media::RtspResponse& response
) const {
    response.headers.set("CSeq", "99999");
}

const std::vector<std::string>& description_flaws() {
    static const std::vector<std::string> flaws{
        std::string(kNoSprop),
        std::string(kWrongSprop),
        std::string(kBadOrigin),
        std::string(kLyingRate),
        std::string(kBackchannel),
    };
    return flaws;
}

void DescriptionFault::change_description(std::string& sdp) const {
    for (const std::string& flaw : flaws_) {
        add_flaw(flaw, sdp);
    }
}

}  // namespace bongsu::camsim
