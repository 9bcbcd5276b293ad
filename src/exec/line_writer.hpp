#pragma once

#include "exec/bounded_mailbox.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace bongsu::exec {

/// Writes lines to a pipe, terminal or file on a thread of its own, so that nobody waits for
/// whoever reads there: a full pipe or a stopped terminal (Ctrl-S) must not hold up the city. When
/// more than `capacity` lines wait, further ones are lost (reject) and counted. write() may be
/// called from any thread.
class LineWriter {
public:
    /// `file` is a descriptor that outlives this and is not closed.
    LineWriter(int file, std::size_t capacity);
    /// Lets waiting lines out for at most a second.
    ~LineWriter();
    LineWriter(const LineWriter&) = delete;
    LineWriter& operator=(const LineWriter&) = delete;

    /// `line` without its line end. False when it was lost.
    bool write(std::string line);

    /// Lines that were lost, those that a broken pipe refused among them.
    std::uint64_t lost() const { return lines_.dropped() + refused_; }

private:
    void work(const std::stop_token& stop);
    void put(std::string_view line, const std::stop_token& stop);

    const int file_;
    BoundedMailbox<std::string> lines_;
    std::atomic<std::uint64_t> refused_{0};
    std::jthread thread_;
};

}  // namespace bongsu::exec
