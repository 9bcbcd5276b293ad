#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::net::testing {

/// A TCP client that sends whatever bytes a test wants. Closes with its end.
class RawClient {
public:
    /// `receive_buffer`: bytes that the system takes in while nobody reads; 0: as usual.
    explicit RawClient(std::uint16_t port, int receive_buffer = 0);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the peer has gone.
    bool send(std::string_view bytes) const;

    /// Everything until the peer closes, or what came within the time.
    std::string read_all(std::chrono::milliseconds within = std::chrono::seconds{10});

    /// Reads until `text` was seen; what was read so far stays for the next call.
    bool read_until(std::string_view text);

    /// As much as came with read_until.
    const std::string& seen() const { return seen_; }

    /// Whether the peer closes within the time.
    bool is_closed_within(std::chrono::milliseconds time);

private:
    bool read_some(std::chrono::steady_clock::time_point until);

    int fd_ = -1;
    std::string seen_;
    bool is_closed_ = false;
};

}  // namespace bongsu::net::testing
