#include "media/rtsp/message.hpp"

#include "media/rtsp/text.hpp"

#include <fmt/format.h>

namespace bongsu::media {
namespace {

void write_tail(std::string& out, const RtspHeaders& headers, const std::string& body) {
    for (const auto& [name, value] : headers.all()) {
        out += name + ": " + value + "\r\n";
    }
    if (!body.empty()) {
        out += fmt::format("Content-Length: {}\r\n", body.size());
    }
    out += "\r\n";
    out += body;
}

/// "a-b", or "a" alone which means a and a+1 (cameras that leave the second out do so for RTCP).
template <class N>
std::optional<std::pair<N, N>> parse_pair(std::string_view text) {
    std::string_view rest = text;
    const auto first = parse_number<N>(trim(take_until(rest, '-')));
    if (!first) {
        return std::nullopt;
    }
    if (rest.empty()) {
        return std::pair{*first, static_cast<N>(*first + 1)};
    }
    const auto second = parse_number<N>(trim(rest));
    return second ? std::optional{std::pair{*first, *second}} : std::nullopt;
}

void read_transport_parameter(RtspTransport& transport, std::string_view part) {
    std::string_view value = part;
    const auto name = trim(take_until(value, '='));
    value = trim(value);
    if (equals_ignoring_case(name, "interleaved")) {
        transport.interleaved = parse_pair<std::uint8_t>(value);
        transport.is_tcp = transport.is_tcp || transport.interleaved.has_value();
    } else if (equals_ignoring_case(name, "client_port")) {
        transport.client_port = parse_pair<std::uint16_t>(value);
    } else if (equals_ignoring_case(name, "server_port")) {
        transport.server_port = parse_pair<std::uint16_t>(value);
    } else if (equals_ignoring_case(name, "ssrc")) {
        transport.ssrc = parse_number<std::uint32_t>(value, 16);
    } else if (equals_ignoring_case(name, "source")) {
        transport.source = std::string(value);
    } else if (equals_ignoring_case(name, "multicast")) {
        transport.is_multicast = true;
    }
}

std::optional<RtspTransport> parse_transport(std::string_view text) {
    std::string_view rest = text;
    const auto protocol = trim(take_until(rest, ';'));
    RtspTransport transport;
    if (equals_ignoring_case(protocol, "RTP/AVP/TCP")) {
        transport.is_tcp = true;
    } else if (!equals_ignoring_case(protocol, "RTP/AVP") &&
               !equals_ignoring_case(protocol, "RTP/AVP/UDP")) {
        return std::nullopt;
    }
    while (!rest.empty()) {
        read_transport_parameter(transport, take_until(rest, ';'));
    }
    return transport;
}

}  // namespace

void RtspHeaders::add(std::string name, std::string value) {
    all_.emplace_back(std::move(name), std::move(value));
}

void RtspHeaders::set(std::string_view name, std::string value) {
    std::erase_if(all_, [&](const auto& header) {
        return equals_ignoring_case(header.first, name);
    });
    add(std::string(name), std::move(value));
}

const std::string* RtspHeaders::find(std::string_view name) const {
    for (const auto& [key, value] : all_) {
        if (equals_ignoring_case(key, name)) {
            return &value;
        }
    }
    return nullptr;
}

std::vector<std::string_view> RtspHeaders::find_all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : all_) {
        if (equals_ignoring_case(key, name)) {
            values.emplace_back(value);
        }
    }
    return values;
}

std::optional<std::uint32_t> RtspHeaders::cseq() const {
    const auto* value = find("CSeq");
    return value == nullptr ? std::nullopt : parse_number<std::uint32_t>(trim(*value));
}

std::string write_request(const RtspRequest& request) {
    std::string out = request.method + " " + request.url + " RTSP/1.0\r\n";
    write_tail(out, request.headers, request.body);
    return out;
}

std::string write_response(const RtspResponse& response) {
    const std::string reason =
        response.reason.empty() ? std::string(reason_of(response.status)) : response.reason;
    std::string out = fmt::format("RTSP/1.0 {} {}\r\n", response.status, reason);
    write_tail(out, response.headers, response.body);
    return out;
}

std::string_view reason_of(int status) {
    static constexpr std::pair<int, std::string_view> kReasons[] = {
        {200, "OK"},
        {301, "Moved Permanently"},
        {302, "Moved Temporarily"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Time-out"},
        {415, "Unsupported Media Type"},
        {451, "Parameter Not Understood"},
        {453, "Not Enough Bandwidth"},
        {454, "Session Not Found"},
        {455, "Method Not Valid in This State"},
        {457, "Invalid Range"},
        {459, "Aggregate Operation Not Allowed"},
        {461, "Unsupported Transport"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "RTSP Version Not Supported"},
        {551, "Option not supported"},
    };
    for (const auto& [code, reason] : kReasons) {
        if (code == status) {
            return reason;
        }
    }
    return "Unknown";
}

Result<std::vector<RtspTransport>> parse_transports(std::string_view header) {
    std::vector<RtspTransport> transports;
    std::string_view rest = header;
    while (!rest.empty()) {
        if (auto transport = parse_transport(trim(take_until(rest, ',')))) {
            transports.push_back(std::move(*transport));
        }
    }
    if (transports.empty()) {
        return fail(
            ErrorKind::Unsupported,
            fmt::format("the Transport header '{}' offers no RTP/AVP transport", printable(header))
        );
    }
    return transports;
}

std::string write_transport(const RtspTransport& transport) {
    std::string out = transport.is_tcp ? "RTP/AVP/TCP" : "RTP/AVP";
    out += transport.is_multicast ? ";multicast" : ";unicast";
    if (!transport.source.empty()) {
        out += ";source=" + transport.source;
    }
    if (transport.interleaved) {
        const auto [rtp, rtcp] = *transport.interleaved;
        out += fmt::format(";interleaved={}-{}", rtp, rtcp);
    }
    if (transport.client_port) {
        const auto [rtp, rtcp] = *transport.client_port;
        out += fmt::format(";client_port={}-{}", rtp, rtcp);
    }
    if (transport.server_port) {
        const auto [rtp, rtcp] = *transport.server_port;
        out += fmt::format(";server_port={}-{}", rtp, rtcp);
    }
    if (transport.ssrc) {
        out += fmt::format(";ssrc={:08X}", *transport.ssrc);
    }
    return out;
}

Result<RtspSession> parse_session(std::string_view header) {
    std::string_view rest = header;
    RtspSession session{.id = std::string(trim(take_until(rest, ';')))};
    if (session.id.empty()) {
        return fail(ErrorKind::Corrupt, "the Session header holds no session identifier");
    }
    while (!rest.empty()) {
        std::string_view value = take_until(rest, ';');
        const auto name = trim(take_until(value, '='));
        const auto seconds = parse_number<std::uint32_t>(trim(value));
        if (equals_ignoring_case(name, "timeout") && seconds && *seconds > 0) {
            session.timeout = std::chrono::seconds{*seconds};
        }
    }
    return session;
}

std::string write_session(const RtspSession& session) {
    return fmt::format(
        "{};timeout={}", session.id, static_cast<std::int64_t>(to_seconds(session.timeout))
    );
}

bool lists_word(std::string_view header, std::string_view word) {
    std::string_view rest = header;
    while (!rest.empty()) {
        if (equals_ignoring_case(trim(take_until(rest, ',')), word)) {
            return true;
        }
    }
    return false;
}

}  // namespace bongsu::media
