#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace boost::asio {
class io_context;
}

namespace bongsu::ingest {

/// What a session that is pinned to a thread uses of it.
struct IoThread {
    boost::asio::io_context& context;
    std::span<std::uint8_t>
        scratch;  ///< read buffer of whoever runs right now; holds nothing in between
};

/// The network threads: each runs its own io_context, so that a session that is pinned to one needs
/// no locks. Owned by Ingest.
class IoThreads {
public:
    explicit IoThreads(int count);

    /// Stops and joins. Every source must be gone.
    ~IoThreads();
    IoThreads(const IoThreads&) = delete;
    IoThreads& operator=(const IoThreads&) = delete;

    /// The threads in turn. Thread-safe.
    IoThread next();

    /// What all of them have used so far. Thread-safe.
    Duration cpu_time() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::ingest
