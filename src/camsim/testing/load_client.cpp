#include "camsim/testing/load_client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::camsim::testing {

namespace {

constexpr std::size_t kFraming = 4;
constexpr std::size_t kHead = 32;  // of a frame: enough for RTP and sender report headers
constexpr std::size_t kChunk = std::size_t{256} * 1024;

std::uint32_t read_u32(const std::uint8_t* at) {
    return (std::uint32_t{at[0]} << 24U) | (std::uint32_t{at[1]} << 16U) |
           (std::uint32_t{at[2]} << 8U) | at[3];
}

/// One response head, read byte by byte so that nothing behind it is taken.
std::string read_head(int fd) {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && ::recv(fd, &byte, 1, 0) == 1) {
        head.push_back(byte);
    }
    return head;
}

bool send_text(int fd, const std::string& text) {
    return ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace

/// Finds the frames in a byte stream and looks at the head of each.
struct LoadClient::Cutter {
    void take(const std::uint8_t* data, std::size_t size, SessionLog& log) {
        while (size > 0) {
            std::size_t used = std::min(rest_, size);
            if (rest_ > 0) {
                rest_ -= used;
            } else {
                used = take_head(data, size, log);
            }
            data += used;
            size -= used;
        }
    }

private:
    /// Collects the head of a frame; once it is complete, the rest of the frame is stepped over.
    std::size_t take_head(const std::uint8_t* data, std::size_t size, SessionLog& log) {
        const std::size_t used = std::min(head_size() - have_, size);
        std::copy_n(data, used, head_.begin() + static_cast<std::ptrdiff_t>(have_));
        have_ += used;
        if (have_ >= kFraming && have_ == head_size()) {
            judge(log);
            rest_ = kFraming + frame_size() - have_;
            have_ = 0;
        }
        return used;
    }

    std::size_t frame_size() const { return (std::size_t{head_[2]} << 8U) | head_[3]; }

    std::size_t head_size() const {
        return have_ < kFraming ? kFraming : std::min(kHead, kFraming + frame_size());
    }

    void judge(SessionLog& log) {
        const std::uint8_t* packet = head_.data() + kFraming;
        if (head_[1] != 0) {
            if (packet[1] == 200) {  // sender report, RFC 3550 6.4.1
                const std::uint64_t seconds = read_u32(packet + 8);
                log.reports.push_back(
                    {(seconds << 32U) | read_u32(packet + 12), read_u32(packet + 16)}
                );
            }
            return;
        }
        const auto sequence = static_cast<std::uint16_t>((packet[2] << 8U) | packet[3]);
        const std::uint32_t time = read_u32(packet + 4);
        if (log.packets > 0) {
            const auto expected = static_cast<std::uint16_t>(last_sequence_ + 1);
            log.sequence_gaps += sequence != expected ? 1 : 0;
            log.time_steps_back += static_cast<std::int32_t>(time - log.last_rtp_time) < 0 ? 1 : 0;
        }
        last_sequence_ = sequence;
        log.last_rtp_time = time;
        ++log.packets;
        log.units += packet[1] >> 7U;
    }

    std::array<std::uint8_t, kHead> head_{};
    std::size_t have_ = 0;  // of head_
    std::size_t rest_ = 0;  // of the frame
    std::uint16_t last_sequence_ = 0;
};

LoadClient::LoadClient() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

LoadClient::~LoadClient() {
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
        close_session(i);
    }
    ::close(epoll_);
}

Status LoadClient::play(std::uint16_t port, const std::string& path) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(fd);
        return fail(ErrorKind::Unavailable, "cannot connect to port " + std::to_string(port));
    }
    const std::string url = "rtsp://127.0.0.1:" + std::to_string(port) + path;
    send_text(
        fd,
        "SETUP " + url + "/trackID=0 RTSP/1.0\r\nCSeq: 1\r\n" +
            "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"
    );
    std::string answer = read_head(fd);
    if (answer.starts_with("RTSP/1.0 200")) {
        send_text(fd, "PLAY " + url + " RTSP/1.0\r\nCSeq: 2\r\n\r\n");
        answer = read_head(fd);
    }
    if (!answer.starts_with("RTSP/1.0 200")) {
        ::close(fd);
        return fail(ErrorKind::FailedPrecondition, "the server answered: " + answer);
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = sockets_.size();
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    sockets_.push_back(fd);
    logs_.emplace_back();
    cutters_.push_back(std::make_unique<Cutter>());
    return {};
}

void LoadClient::receive(Duration duration) {
    const SystemClock clock;
    const MonoTime end = clock.mono() + duration;
    std::array<epoll_event, 256> events{};
    const auto is_closed = [](const SessionLog& log) { return log.is_closed; };
    while (!std::ranges::all_of(logs_, is_closed)) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - clock.mono()).count();
        if (left <= 0) {
            return;
        }
        const int count = ::epoll_wait(
            epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(left)
        );
        for (int i = 0; i < count; ++i) {
            read_session(events[static_cast<std::size_t>(i)].data.u64);
        }
    }
}

void LoadClient::stop_reading(std::size_t session) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, sockets_[session], nullptr);
}

void LoadClient::resume_reading(std::size_t session) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = session;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, sockets_[session], &event);
}

SessionLog LoadClient::total() const {
    SessionLog total;
    for (const SessionLog& log : logs_) {
        total.bytes += log.bytes;
        total.units += log.units;
        total.packets += log.packets;
        total.sequence_gaps += log.sequence_gaps;
        total.time_steps_back += log.time_steps_back;
    }
    return total;
}

void LoadClient::read_session(std::size_t index) {
    static std::array<std::uint8_t, kChunk> chunk;
    const ssize_t size = ::recv(sockets_[index], chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (size > 0) {
        logs_[index].bytes += static_cast<std::uint64_t>(size);
        cutters_[index]->take(chunk.data(), static_cast<std::size_t>(size), logs_[index]);
    } else if (size == 0 || errno != EAGAIN) {
        close_session(index);
    }
}

void LoadClient::close_session(std::size_t index) {
    if (!logs_[index].is_closed) {
        ::close(sockets_[index]);
        logs_[index].is_closed = true;
    }
}

}  // namespace bongsu::camsim::testing
