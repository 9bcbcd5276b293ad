#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu::media {

/// The headers of one message, in order. Names compare without case (RFC 2326 4.2, RFC 2068 4.2).
class RtspHeaders {
public:
    void add(std::string name, std::string value);

    /// Takes the place of every header of this name.
    void set(std::string_view name, std::string value);

    /// The value of the first header of this name, or null.
    const std::string* find(std::string_view name) const;

    /// The values of all headers of this name: WWW-Authenticate comes once per scheme.
    std::vector<std::string_view> find_all(std::string_view name) const;

    /// The number after "CSeq:", or nothing when absent or ill-formed.
    std::optional<std::uint32_t> cseq() const;

    const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/// RTSP 1.0 request (RFC 2326 6).
struct RtspRequest {
    std::string method;
    std::string url;
    RtspHeaders headers;
    std::string body;
};

/// RTSP 1.0 response (RFC 2326 7).
struct RtspResponse {
    int status = 0;
    std::string reason;
    RtspHeaders headers;
    std::string body;
};

/// The bytes to send. Content-Length is added when there is a body.
std::string write_request(const RtspRequest& request);
std::string write_response(const RtspResponse& response);

/// The standard phrase of a status code, "Unknown" when there is none.
std::string_view reason_of(int status);

using PortPair = std::pair<std::uint16_t, std::uint16_t>;
using ChannelPair = std::pair<std::uint8_t, std::uint8_t>;

/// One transport of a Transport header (RFC 2326 12.39).
struct RtspTransport {
    bool is_tcp = false;  ///< RTP/AVP/TCP, or RTP/AVP with interleaved channels
    bool is_multicast = false;
    std::optional<ChannelPair> interleaved;
    std::optional<PortPair> client_port;
    std::optional<PortPair> server_port;
    std::optional<std::uint32_t> ssrc;  ///< tolerates a leading space and fewer than eight digits
    std::string source;                 ///< empty: the peer's own address
};

/// All alternatives of a Transport header, in the client's order of preference. Parts that are not
/// understood are ignored; an error means that not one RTP/AVP transport was found.
Result<std::vector<RtspTransport>> parse_transports(std::string_view header);
std::string write_transport(const RtspTransport& transport);

/// Session header (RFC 2326 12.37).
struct RtspSession {
    std::string id;
    Duration timeout = std::chrono::seconds{60};
};

Result<RtspSession> parse_session(std::string_view header);
std::string write_session(const RtspSession& session);

/// True when a comma-separated header such as Public names `word`, without regard to case.
bool lists_word(std::string_view header, std::string_view word);

}  // namespace bongsu::media
