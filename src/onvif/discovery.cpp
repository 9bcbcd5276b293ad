#include "onvif/discovery.hpp"

#include "onvif/random.hpp"
#include "onvif/url.hpp"
#include "onvif/xml.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kMostMatches = 64;
constexpr std::size_t kMostAddresses = 8;
constexpr std::size_t kLargestDatagram = 65536;
constexpr int kTurnMillis = 50;  // how soon a stop is noticed
constexpr std::string_view kScope = "onvif://www.onvif.org/";

/// One UDP socket of an interface.
class ProbeSocket {
public:
    explicit ProbeSocket(int descriptor) : descriptor_(descriptor) {}

    ~ProbeSocket() { ::close(descriptor_); }

    ProbeSocket(const ProbeSocket&) = delete;
    ProbeSocket& operator=(const ProbeSocket&) = delete;

    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

using SocketPtr = std::unique_ptr<ProbeSocket>;

std::unexpected<Error> cannot(const std::string& what) {
    return fail(ErrorKind::Unavailable, what + ": " + std::strerror(errno));
}

Result<SocketPtr> open_socket(const std::string& interface) {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        return cannot("cannot open a socket for discovery");
    }
    auto socket = std::make_unique<ProbeSocket>(descriptor);
    if (interface.empty()) {
        return socket;
    }
    sockaddr_in own{};
    own.sin_family = AF_INET;
    if (::inet_pton(AF_INET, interface.c_str(), &own.sin_addr) != 1 ||
        ::bind(descriptor, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
        ::setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_IF, &own.sin_addr, sizeof own.sin_addr) !=
            0) {
        return fail(
            ErrorKind::InvalidArgument,
            "'" + interface.substr(0, 64) + "' is not an IPv4 address of this machine"
        );
    }
    return socket;
}

Status send_probe(
    const ProbeSocket& socket, const MulticastProbe& options, const std::string& text
) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(options.port);
    if (::inet_pton(AF_INET, options.group.c_str(), &to.sin_addr) != 1) {
        return fail(ErrorKind::InvalidArgument, "the multicast group is not an IPv4 address");
    }
    const auto sent = ::sendto(
        socket.descriptor(),
        text.data(),
        text.size(),
        0,
        reinterpret_cast<const sockaddr*>(&to),
        sizeof to
    );
    return sent < 0 ? Status(cannot("cannot send the discovery probe")) : Status{};
}

/// %20 and its like in scopes (RFC 3986 2.1).
std::string percent_decoded(std::string_view text) {
    std::string out;
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        const char lower = static_cast<char>(c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
            digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void read_scopes(const std::string& scopes, DiscoveredDevice& device) {
    std::istringstream words(scopes);
    for (std::string word; words >> word;) {
        std::string_view scope = word;
        if (!scope.starts_with(kScope)) {
            continue;
        }
        scope.remove_prefix(kScope.size());
        const std::size_t slash = std::min(scope.find('/'), scope.size());
        const std::string_view key = scope.substr(0, slash);
        std::string value = percent_decoded(scope.substr(std::min(slash + 1, scope.size())));
        value.resize(std::min<std::size_t>(value.size(), 128));
        std::string* field = key == "name"       ? &device.name
                             : key == "hardware" ? &device.hardware
                             : key == "location" ? &device.location
                                                 : nullptr;
        if (field != nullptr && field->empty()) {
            *field = std::move(value);
        }
    }
}

DiscoveredDevice read_match(pugi::xml_node match) {
    DiscoveredDevice device;
    device.endpoint = text_at(match, "EndpointReference/Address").substr(0, 256);
    std::istringstream addresses(text_at(match, "XAddrs"));
    for (std::string address; addresses >> address;) {
        const auto url = parse_url(address);
        const bool is_http = url && (url->scheme == "http" || url->scheme == "https");
        if (is_http && device.addresses.size() < kMostAddresses) {
            device.addresses.push_back(url->text());
        }
    }
    read_scopes(text_at(match, "Scopes"), device);
    return device;
}

/// Collects answers of one probe.
class Listener {
public:
    Listener(const MulticastProbe& options, const std::function<void(DiscoveredDevice)>& found)
        : options_(options), found_(found), buffer_(kLargestDatagram) {}

    void read(const ProbeSocket& socket) {
        while (true) {
            sockaddr_in from{};
            socklen_t size = sizeof from;
            const auto got = ::recvfrom(
                socket.descriptor(),
                buffer_.data(),
                buffer_.size(),
                0,
                reinterpret_cast<sockaddr*>(&from),
                &size
            );
            if (got < 0) {
                return;
            }
            std::array<char, INET_ADDRSTRLEN> peer{};
            ::inet_ntop(AF_INET, &from.sin_addr, peer.data(), peer.size());
            take({buffer_.data(), static_cast<std::size_t>(got)}, peer.data());
        }
    }

private:
    void take(std::string_view datagram, const char* peer) {
        auto devices = parse_probe_matches(datagram);
        if (!devices) {
            return;
        }
        for (DiscoveredDevice& device : *devices) {
            device.peer = peer;
            const std::string key =
                device.endpoint.empty() ? device.best_address() : device.endpoint;
            if (seen_.size() < options_.max_devices && seen_.insert(key).second) {
                found_(std::move(device));
            }
        }
    }

    const MulticastProbe& options_;
    const std::function<void(DiscoveredDevice)>& found_;
    std::vector<char> buffer_;
    std::set<std::string> seen_;
};

Result<std::vector<SocketPtr>> open_sockets(const MulticastProbe& options) {
    std::vector<SocketPtr> sockets;
    const std::vector<std::string> by_default{""};
    for (const std::string& interface :
         options.interfaces.empty() ? by_default : options.interfaces) {
        BONGSU_ASSIGN(SocketPtr socket, open_socket(interface));
        sockets.push_back(std::move(socket));
    }
    return sockets;
}

/// An error only when not one socket could send: one interface may well be down.
Status send_all(const std::vector<SocketPtr>& sockets, const MulticastProbe& options) {
    Status last;
    bool is_sent = false;
    for (const SocketPtr& socket : sockets) {
        Status status = send_probe(*socket, options, write_probe(random_message_id()));
        is_sent = is_sent || status.has_value();
        last = status ? last : status;
    }
    return is_sent ? Status{} : last;
}

}  // namespace

std::string DiscoveredDevice::best_address() const {
    for (const std::string& address : addresses) {
        const auto url = parse_url(address);
        if (url && url->host == peer) {
            return address;
        }
    }
    return addresses.empty() ? std::string() : addresses.front();
}

std::string write_probe(std::string_view message_id) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>)"
           R"(<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope")"
           R"( xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing")"
           R"( xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery")"
           R"( xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header>)"
           R"(<a:Action s:mustUnderstand="1">)"
           R"(http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>)" +
           escape_xml(message_id) +
           R"(</a:MessageID><a:ReplyTo><a:Address>)"
           R"(http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>)"
           R"(</a:ReplyTo><a:To s:mustUnderstand="1">)"
           R"(urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body><d:Probe>)"
           R"(<d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>)";
}

Result<std::vector<DiscoveredDevice>> parse_probe_matches(std::string_view datagram) {
    BONGSU_ASSIGN(const Xml xml, Xml::parse(datagram, {.bytes = kLargestDatagram, .depth = 24}));
    std::vector<DiscoveredDevice> devices;
    const pugi::xml_node matches = find(xml.root(), "Body/ProbeMatches");
    for (const pugi::xml_node match : children(matches, "ProbeMatch")) {
        if (devices.size() == kMostMatches) {
            break;
        }
        DiscoveredDevice device = read_match(match);
        if (!device.addresses.empty()) {
            devices.push_back(std::move(device));
        }
    }
    return devices;
}

Status discover(
    const MulticastProbe& options,
    const std::function<void(DiscoveredDevice)>& found,
    const std::stop_token& stop
) {
    BONGSU_ASSIGN(const std::vector<SocketPtr> sockets, open_sockets(options));
    BONGSU_TRY(send_all(sockets, options));
    // UDP loses datagrams: ask again half a second later, or at half time.
    const auto begin = std::chrono::steady_clock::now();
    const auto again = begin + std::min<Duration>(options.wait / 2, std::chrono::milliseconds{500});
    bool is_repeated = false;
    Listener listener(options, found);
    std::vector<pollfd> polled;
    for (const SocketPtr& socket : sockets) {
        polled.push_back({.fd = socket->descriptor(), .events = POLLIN, .revents = 0});
    }
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < begin + options.wait) {
        ::poll(polled.data(), polled.size(), kTurnMillis);
        for (const SocketPtr& socket : sockets) {
            listener.read(*socket);
        }
        if (!is_repeated && std::chrono::steady_clock::now() >= again) {
            is_repeated = true;
            (void)send_all(sockets, options);
        }
    }
    return {};
}

std::vector<std::string> own_addresses() {
    std::vector<std::string> addresses;
    std::vector<std::string> loopback;
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0) {
        return addresses;
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, &::freeifaddrs);
    for (const ifaddrs* item = list; item != nullptr; item = item->ifa_next) {
        if (item->ifa_addr == nullptr || item->ifa_addr->sa_family != AF_INET ||
            (item->ifa_flags & IFF_UP) == 0) {
            continue;
        }
        std::array<char, INET_ADDRSTRLEN> text{};
        const auto* address = reinterpret_cast<const sockaddr_in*>(item->ifa_addr);
        ::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
        ((item->ifa_flags & IFF_LOOPBACK) != 0 ? loopback : addresses).emplace_back(text.data());
    }
    addresses.insert(addresses.end(), loopback.begin(), loopback.end());
    return addresses;
}

}  // namespace bongsu::onvif
