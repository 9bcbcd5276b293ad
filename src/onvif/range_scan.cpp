#include "onvif/range_scan.hpp"

#include "exec/thread_name.hpp"
#include "onvif/device.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::onvif {

namespace {

constexpr int kMostThreads = 128;

/// As it stands in an address.
std::string in_url(const std::string& host) {
    return host.contains(':') ? "[" + host + "]" : host;
}

/// One scan in progress, shared by its threads.
class Scan {
public:
    Scan(
        const AddressRange& range,
        const ScanOptions& options,
        const Http& http,
        const ScanEvents& events,
        const std::stop_token& stop
    )
        : range_(range),
          options_(options),
          http_(http),
          events_(events),
          stop_(stop),
          until_(clock_.mono() + options.deadline) {}

    void work() {
        exec::set_thread_name("onvif-scan");
        while (!is_over()) {
            const std::size_t index = next_++;
            if (index >= range_.count()) {
                return;
            }
            auto finding = ask(range_.at(index));
            const std::scoped_lock lock(mutex_);
            ++asked_;
            if (finding && events_.on_finding) {
                events_.on_finding(*std::move(finding));
            }
            if (events_.on_progress) {
                events_.on_progress(asked_, range_.count());
            }
        }
    }

    Status outcome() const {
        if (asked_ == range_.count()) {
            return {};
        }
        return stop_.stop_requested()
                   ? Status(fail(ErrorKind::Cancelled, "cancelled"_code, "the scan was stopped"))
                   : Status(fail(
                         ErrorKind::Timeout,
                         "scan_range_large"_code,
                         "the scan ran out of time after " + std::to_string(asked_) + " of " +
                             std::to_string(range_.count()) + " addresses; scan a smaller range"
                     ));
    }

private:
    bool is_over() const { return stop_.stop_requested() || clock_.mono() >= until_; }

    std::vector<std::uint16_t> ports() const {
        return range_.port != 0 ? std::vector<std::uint16_t>{range_.port} : options_.http_ports;
    }

    std::optional<ScanFinding> ask(const std::string& host) {
        ScanFinding finding;
        for (const std::uint16_t port : ports()) {
            if (is_over()) {
                return std::nullopt;
            }
            if (accepts_tcp(host, port, options_.connect_deadline) &&
                ask_onvif(host, port, finding)) {
                break;
            }
        }
        finding.has_rtsp = accepts_tcp(host, options_.rtsp_port, options_.connect_deadline);
        if (!finding.is_onvif && !finding.has_rtsp) {
            return std::nullopt;
        }
        if (!finding.is_onvif) {
            finding.address = "rtsp://" + in_url(host) + ":" + std::to_string(options_.rtsp_port);
            finding.problem = {
                "rtsp_only"_code,
                "RTSP answers but ONVIF does not: enter the stream's address by hand."
            };
        }
        return finding;
    }

    bool ask_onvif(const std::string& host, std::uint16_t port, ScanFinding& finding) {
        const auto device = device_service(in_url(host) + ":" + std::to_string(port));
        if (!device) {
            return false;
        }
        SoapChannel channel(http_, {}, clock_, {.deadline = options_.call_deadline});
        const auto offset = read_clock_offset(channel, *device);
        // A refusal in SOAP is as good as an answer: only cameras speak it here.
        finding.is_onvif = offset || offset.error().kind == ErrorKind::PermissionDenied;
        if (!finding.is_onvif) {
            return false;
        }
        finding.address = device->text();
        finding.name = read_host_name(channel, *device);
        return true;
    }

    const AddressRange& range_;
    const ScanOptions& options_;
    const Http& http_;
    const ScanEvents& events_;
    const std::stop_token& stop_;
    const SystemClock clock_;
    const MonoTime until_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    std::size_t asked_ = 0;
};

bool connects_to(const addrinfo& to, Duration deadline) {
    const int descriptor =
        ::socket(to.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol);
    if (descriptor < 0) {
        return false;
    }
    pollfd polled{.fd = descriptor, .events = POLLOUT, .revents = 0};
    bool is_open = ::connect(descriptor, to.ai_addr, to.ai_addrlen) == 0;
    if (!is_open && errno == EINPROGRESS) {
        const auto millis = std::chrono::ceil<std::chrono::milliseconds>(deadline).count();
        int error = 0;
        socklen_t size = sizeof error;
        is_open = ::poll(&polled, 1, static_cast<int>(millis)) == 1 &&
                  ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
    }
    ::close(descriptor);
    return is_open;
}

}  // namespace

bool accepts_tcp(const std::string& host, std::uint16_t port, Duration deadline) {
    const addrinfo wanted{.ai_flags = AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
        return false;
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        if (connects_to(*each, deadline)) {
            return true;
        }
    }
    return false;
}

Status scan(
    const AddressRange& range,
    const ScanOptions& options,
    const Http& http,
    const ScanEvents& events,
    const std::stop_token& stop
) {
    Scan job(range, options, http, events, stop);
    const auto wanted = std::min<std::size_t>(
        range.count(), static_cast<std::size_t>(std::clamp(options.concurrency, 1, kMostThreads))
    );
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < wanted; ++i) {
            threads.emplace_back([&job] { job.work(); });
        }
    }
    return job.outcome();
}

}  // namespace bongsu::onvif
