#pragma once

#include "core/result.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::ingest {

/// Finds the addresses of hosts. The system's resolver cannot be interrupted and may take half a
/// minute, so it runs on threads of its own that nobody waits for: whoever lost interest, and the
/// whole program when it ends, goes on at once, and a late answer is dropped. Thread-safe.
class NameLookup {
public:
    using Addresses = std::vector<std::string>;  ///< numeric
    using Resolver = std::function<Result<Addresses>(const std::string& host)>;
    using OnDone = std::function<void(Result<Addresses>)>;

    /// Look-ups at the same time; more wait their turn, and beyond kMostWaiting are rejected.
    static constexpr int kThreads = 8;
    static constexpr std::size_t kMostWaiting = 4096;

    explicit NameLookup(Resolver resolver = ask_system);

    /// Drops everything; no OnDone runs afterwards.
    ~NameLookup();
    NameLookup(const NameLookup&) = delete;
    NameLookup& operator=(const NameLookup&) = delete;

    /// Calls `on_done` once, on another thread; it must not block. Errors: Unavailable for an
    /// unknown host, ResourceExhausted.
    void start(const std::string& host, OnDone on_done);

    /// getaddrinfo of the C library. Blocks.
    static Result<Addresses> ask_system(const std::string& host);

private:
    struct Desk;
    std::shared_ptr<Desk> desk_;  // shared with threads that may outlive us
};

}  // namespace bongsu::ingest
