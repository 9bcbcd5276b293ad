#include "camsim/rtsp_responder.hpp"

#include "camsim/sdp.hpp"
#include "media/rtsp/url.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bongsu::camsim {

namespace {

using media::RtspRequest;
using media::RtspResponse;

constexpr std::string_view kMethods =
    "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
constexpr std::string_view kRealm = "Bongsu simulated camera";

RtspResponse respond(int status) {
    RtspResponse response;
    response.status = status;
    response.reason = media::reason_of(status);
    return response;
}

std::vector<media::AuthChallenge> make_challenges(AuthMode mode, const std::string& nonce) {
    media::AuthChallenge basic;
    basic.realm = kRealm;
    media::AuthChallenge md5 = basic;
    md5.scheme = media::AuthScheme::Digest;
    md5.nonce = nonce;
    media::AuthChallenge sha256 = md5;
    sha256.algorithm = media::DigestAlgorithm::Sha256;
    sha256.names_algorithm = true;
    sha256.has_qop_auth = true;
    switch (mode) {
        case AuthMode::None:
            return {};
        case AuthMode::Basic:
            return {basic};
        case AuthMode::Digest:
            return {md5};
        case AuthMode::DigestSha256:
            return {sha256};
        case AuthMode::Any:
            return {sha256, md5, basic};
    }
    return {};
}

/// The path of the request, from an absolute URL or from a bare path.
std::string path_of(const std::string& url) {
    const auto parsed = media::parse_rtsp_url(url);
    return parsed ? parsed->path : url;
}

/// The first transport of the client's list that we can serve.
std::optional<media::RtspTransport> choose(const std::vector<media::RtspTransport>& offered) {
    const auto can_serve = [](const media::RtspTransport& t) {
        return !t.is_multicast && (t.is_tcp || t.client_port.has_value());
    };
    const auto found = std::ranges::find_if(offered, can_serve);
    return found == offered.end() ? std::nullopt : std::optional(*found);
}

std::string without_trailing_slash(std::string url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

}  // namespace

RtspResponder::RtspResponder(
    const StreamDirectory& streams,
    const RtspPolicy& policy,
    RtspSecrets secrets,
    std::string own_address
)
    : streams_(streams),
      policy_(policy),
      secrets_(std::move(secrets)),
      own_address_(std::move(own_address)),
      challenges_(make_challenges(policy.auth, secrets_.nonce)) {}

RtspResponse RtspResponder::answer(const RtspRequest& request, MonoTime now, WallTime wall) {
    RtspResponse response = dispatch(request, now, wall);
    if (const std::string* cseq = request.headers.find("CSeq")) {
        response.headers.add("CSeq", *cseq);
    }
    response.headers.add("Server", "Bongsu camsim");
    const Stream* stream = session_ ? session_->stream : stream_of(request);
    if (stream != nullptr) {
        stream->faults->change_response(request, response);
    }
    return response;
}

RtspResponse RtspResponder::dispatch(const RtspRequest& request, MonoTime now, WallTime wall) {
    if (request.method == "OPTIONS") {
        RtspResponse response = respond(200);
        response.headers.add("Public", std::string(kMethods));
        return response;
    }
    if (!media::lists_word(kMethods, request.method)) {
        RtspResponse response = respond(501);
        response.headers.add("Public", std::string(kMethods));
        return response;
    }
    if (!is_authorised(request)) {
        return challenge();
    }
    if (request.method == "DESCRIBE" || request.method == "SETUP") {
        Stream* stream = stream_of(request);
        if (stream == nullptr) {
            return respond(404);
        }
        return request.method == "SETUP" ? setup(request, *stream)
                                         : describe_stream(request, *stream);
    }
    const bool is_keep_alive = request.method.ends_with("_PARAMETER");
    if (!is_keep_alive && !is_own_session(request)) {
        return respond(454);
    }
    if (request.method == "PLAY") {
        return play(request, now, wall);
    }
    if (request.method == "PAUSE") {
        session_->is_playing = false;
    } else if (request.method == "TEARDOWN") {
        session_.reset();
    }
    RtspResponse response = respond(200);
    if (session_) {
        response.headers.add("Session", secrets_.session_id);
    }
    return response;
}

bool RtspResponder::is_authorised(const RtspRequest& request) const {
    if (challenges_.empty()) {
        return true;
    }
    const std::string* header = request.headers.find("Authorization");
    return header != nullptr && std::ranges::any_of(challenges_, [&](const auto& issued) {
               return media::verify_authorization(
                   *header, issued, policy_.credentials, request.method
               );
           });
}

RtspResponse RtspResponder::challenge() const {
    RtspResponse response = respond(401);
    for (const media::AuthChallenge& issued : challenges_) {
        response.headers.add("WWW-Authenticate", media::write_challenge(issued));
    }
    return response;
}

/// Requests without a Session header mean the only session that this connection can have.
bool RtspResponder::is_own_session(const RtspRequest& request) const {
    if (!session_) {
        return false;
    }
    const std::string* header = request.headers.find("Session");
    if (header == nullptr) {
        return true;
    }
    const auto named = media::parse_session(*header);
    return named && named->id == secrets_.session_id;
}

Stream* RtspResponder::stream_of(const RtspRequest& request) const {
    return streams_.find(path_of(request.url));
}

RtspResponse RtspResponder::describe_stream(const RtspRequest& request, Stream& stream) {
    turn_ = stream.counters.described++;
    const bool is_other = stream.faults->plays_other_film(turn_, {});
    RtspResponse response = respond(200);
    response.headers.add("Content-Type", "application/sdp");
    response.headers.add("Content-Base", without_trailing_slash(request.url) + "/");
    response.body = describe(stream.timeline_of(is_other).film(), own_address_);
    stream.faults->change_description(response.body);
    return response;
}

RtspResponse RtspResponder::setup(const RtspRequest& request, Stream& stream) {
    if (session_ && session_->is_playing) {
        return respond(455);  // RFC 2326 A.2: the transport of a playing stream stays
    }
    const std::string* header = request.headers.find("Transport");
    const auto offered = header == nullptr ? Result<std::vector<media::RtspTransport>>{}
                                           : media::parse_transports(*header);
    std::optional<media::RtspTransport> chosen;
    if (offered) {
        chosen = choose(*offered);
    }
    if (!chosen) {
        return respond(461);
    }
    if (chosen->is_tcp) {
        chosen->interleaved = chosen->interleaved.value_or(media::ChannelPair{0, 1});
    } else {
        chosen->server_port = policy_.udp_ports;
    }
    chosen->ssrc = secrets_.ssrc;
    const bool is_other = stream.faults->plays_other_film(turn_, {});
    session_.emplace(PlaySession{
        .stream = &stream,
        .transport = *chosen,
        .timeline = stream.timeline_of(is_other),
        .cursor = {.ssrc = secrets_.ssrc, .sequence = secrets_.first_sequence},
        .next = 0,
        .is_other_film = is_other,
        .played_from = {},
        .is_playing = false,
    });
    RtspResponse response = respond(200);
    response.headers.add("Transport", media::write_transport(*chosen));
    response.headers.add("Session", media::write_session({secrets_.session_id, session_timeout()}));
    return response;
}

Duration RtspResponder::session_timeout() const {
    const auto own =
        session_ ? session_->stream->faults->session_timeout() : std::optional<Duration>{};
    return own.value_or(policy_.session_timeout);
}

RtspResponse RtspResponder::play(const RtspRequest& request, MonoTime now, WallTime wall) {
    PlaySession& session = *session_;
    if (!session.is_playing) {
        const bool is_first = session.cursor.packets == 0;
        if (session.stream->mode == PlayMode::OnDemand && is_first) {
            session.timeline = session.timeline.restarted(now, wall);
        }
        session.next = session.timeline.next_key(session.timeline.first_due_from(now));
        session.played_from = now;
        session.turn = turn_;
        session.is_playing = true;
    }
    RtspResponse response = respond(200);
    response.headers.add("Session", secrets_.session_id);
    response.headers.add("Range", "npt=now-");
    std::string url = without_trailing_slash(request.url);
    if (!url.ends_with(kTrackControl)) {
        url += "/" + std::string(kTrackControl);
    }
    response.headers.add(
        "RTP-Info",
        "url=" + url + ";seq=" + std::to_string(session.cursor.sequence) +
            ";rtptime=" + std::to_string(session.timeline.rtp_time(session.next))
    );
    return response;
}

}  // namespace bongsu::camsim
