#include "camsim/onvif/discovery_responder.hpp"

#include "camsim/onvif/soap.hpp"
#include "exec/thread_name.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::camsim {

namespace {

constexpr const char* kGroup = "239.255.255.250";
constexpr int kTurnMillis = 100;  // how soon a stop is noticed

Status cannot(const std::string& what) {
    return fail(ErrorKind::Unavailable, what + ": " + std::strerror(errno));
}

/// Joins the group on one interface; other programs may listen on the port too.
Status join(int socket, const std::string& address, std::uint16_t port) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(port);
    own.sin_addr.s_addr = htonl(INADDR_ANY);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) {
        return cannot("cannot listen for discovery on UDP port " + std::to_string(port));
    }
    ip_mreq group{};
    if (::inet_pton(AF_INET, kGroup, &group.imr_multiaddr) != 1 ||
        ::inet_pton(AF_INET, address.c_str(), &group.imr_interface) != 1 ||
        ::setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group) != 0) {
        return cannot("cannot join the discovery group on '" + address + "'");
    }
    return {};
}

std::uint16_t port_of(int socket) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size);
    return ntohs(own.sin_port);
}

}  // namespace

std::string answer_probe(std::string_view datagram, const ProbeMatch& match) {
    const auto call = read_soap(datagram);
    if (!call || call->operation != "Probe") {
        return {};
    }
    const std::string types = call->text("Types");
    if (!types.empty() && !types.contains("NetworkVideoTransmitter") && !types.contains("Device")) {
        return {};
    }
    const std::string asked = SoapCall::find(call->header, "MessageID").text().get();
    return fmt::format(
        R"(<?xml version="1.0" encoding="UTF-8"?>)"
        R"(<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope")"
        R"( xmlns:wsadis="http://schemas.xmlsoap.org/ws/2004/08/addressing")"
        R"( xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery")"
        R"( xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><env:Header>)"
        "<wsadis:MessageID>{0}-answer</wsadis:MessageID><wsadis:RelatesTo>{1}</wsadis:RelatesTo>"
        "<wsadis:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsadis:To>"
        "<wsadis:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches"
        "</wsadis:Action></env:Header><env:Body><d:ProbeMatches><d:ProbeMatch>"
        "<wsadis:EndpointReference><wsadis:Address>{0}</wsadis:Address>"
        "</wsadis:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>{2}"
        "</d:Scopes><d:XAddrs>{3}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>"
        "</d:ProbeMatch></d:ProbeMatches></env:Body></env:Envelope>",
        match.endpoint,
        escape_xml(asked),
        escape_xml(match.scopes),
        escape_xml(match.address)
    );
}

DiscoveryResponder::DiscoveryResponder(
    std::string address, std::uint16_t port, std::vector<ProbeMatch> matches
)
    : address_(std::move(address)), port_(port), matches_(std::move(matches)) {}

DiscoveryResponder::~DiscoveryResponder() {
    stop();
}

Status DiscoveryResponder::start() {
    socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ < 0) {
        return cannot("cannot open a socket for discovery");
    }
    if (Status joined = join(socket_, address_, port_); !joined) {
        ::close(socket_);
        socket_ = -1;
        return joined;
    }
    port_ = port_of(socket_);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    return {};
}

void DiscoveryResponder::stop() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    if (socket_ >= 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

void DiscoveryResponder::run(const std::stop_token& stop) {
    exec::set_thread_name("camsim-probe");
    std::array<char, 8192> buffer{};
    while (!stop.stop_requested()) {
        pollfd polled{.fd = socket_, .events = POLLIN, .revents = 0};
        if (::poll(&polled, 1, kTurnMillis) <= 0) {
            continue;
        }
        sockaddr_in from{};
        socklen_t size = sizeof from;
        auto* sender = reinterpret_cast<sockaddr*>(&from);
        const auto got = ::recvfrom(socket_, buffer.data(), buffer.size(), 0, sender, &size);
        for (const ProbeMatch& match : matches_) {
            const std::string answer =
                got < 0 ? "" : answer_probe({buffer.data(), static_cast<std::size_t>(got)}, match);
            if (!answer.empty()) {
                ::sendto(socket_, answer.data(), answer.size(), 0, sender, size);
            }
        }
    }
}

}  // namespace bongsu::camsim
