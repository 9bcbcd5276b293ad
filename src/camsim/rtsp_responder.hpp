#pragma once

#include "camsim/options.hpp"
#include "camsim/rtp_sender.hpp"
#include "camsim/stream.hpp"
#include "core/clock.hpp"
#include "media/rtsp/digest.hpp"
#include "media/rtsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// What all connections of one server have in common.
struct RtspPolicy {
    AuthMode auth = AuthMode::None;
    media::Credentials credentials;
    Duration session_timeout = std::chrono::seconds{60};
    media::PortPair udp_ports{0, 0};  ///< of the server, RTP and RTCP
};

/// Random words that one connection needs.
struct RtspSecrets {
    std::string nonce;
    std::string session_id;
    std::uint32_t ssrc = 0;
    std::uint16_t first_sequence = 0;
};

/// What SETUP agreed on, and how far PLAY has come.
struct PlaySession {
    Stream* stream = nullptr;
    media::RtspTransport transport;
    Timeline timeline;
    RtpCursor cursor;
    UnitNumber next = 0;  ///< the picture to send next
    bool is_other_film = false;
    std::uint64_t turn = 0;  ///< which session of the stream this is
    MonoTime played_from;    ///< when PLAY was answered
    bool is_playing = false;
};

/// The server's half of RTSP 1.0 (RFC 2326) for one connection with at most one session: requests
/// in, responses out, no sockets. Runs on: the connection's thread.
class RtspResponder {
public:
    RtspResponder(
        const StreamDirectory& streams,
        const RtspPolicy& policy,
        RtspSecrets secrets,
        std::string own_address
    );

    /// The time decides with which picture PLAY starts.
    media::RtspResponse answer(const media::RtspRequest& request, MonoTime now, WallTime wall);

    /// After a session's own timeout, or the policy's.
    Duration session_timeout() const;

    /// Null before SETUP and after TEARDOWN.
    PlaySession* session() { return session_ ? &*session_ : nullptr; }

    const PlaySession* session() const { return session_ ? &*session_ : nullptr; }

private:
    using Response = media::RtspResponse;
    using Request = media::RtspRequest;

    Response dispatch(const Request& request, MonoTime now, WallTime wall);
    Response describe_stream(const Request& request, Stream& stream);
    Response setup(const Request& request, Stream& stream);
    Response play(const Request& request, MonoTime now, WallTime wall);
    bool is_authorised(const Request& request) const;
    bool is_own_session(const Request& request) const;
    Response challenge() const;
    Stream* stream_of(const Request& request) const;

    const StreamDirectory& streams_;
    const RtspPolicy& policy_;
    RtspSecrets secrets_;
    std::string own_address_;
    std::vector<media::AuthChallenge> challenges_;
    std::optional<PlaySession> session_;
    std::uint64_t turn_ = 0;  ///< how many descriptions of the stream went before ours
};

}  // namespace bongsu::camsim
