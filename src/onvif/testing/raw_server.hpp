#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace bongsu::onvif::testing {

/// A TCP server on 127.0.0.1 that says what it is told, for peers that no proper server would be.
/// One connection at a time.
class RawServer {
public:
    /// Sends bytes; false once the client has gone or the test is over.
    using Send = std::function<bool(const std::string&)>;
    /// Called after the request's head was read, with the head; afterwards the connection is
    /// closed.
    using Answer = std::function<void(const std::string& head, const Send& send)>;

    explicit RawServer(Answer answer);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    std::uint16_t port() const { return port_; }

    /// Connections so far.
    int served() const { return served_; }

    bool is_stopping() const { return is_stopping_; }

private:
    void run();
    void serve(int connection);

    Answer answer_;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> served_{0};
    std::atomic<bool> is_stopping_{false};
    std::thread thread_;
};

/// A whole HTTP answer with its length.
std::string http_answer(const std::string& status, const std::string& body);

}  // namespace bongsu::onvif::testing
