#include "exec/line_writer.hpp"

#include "exec/thread_name.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <optional>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace bongsu::exec {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kGlance{100};
constexpr milliseconds kFarewell{1000};

/// Whether PIPE_BUF bytes can be written without waiting (poll(2), pipe(7)), or will fail at once.
bool takes_bytes(int file, milliseconds patience) {
    pollfd asked{.fd = file, .events = POLLOUT, .revents = 0};
    return poll(&asked, 1, static_cast<int>(patience.count())) > 0;
}

}  // namespace

LineWriter::LineWriter(int file, std::size_t capacity)
    : file_(file),
      lines_(capacity, Overflow::Reject),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

LineWriter::~LineWriter() {
    thread_.request_stop();
    thread_.join();
}

bool LineWriter::write(std::string line) {
    line += '\n';
    return lines_.push(std::move(line)) == Admission::Accepted;
}

void LineWriter::work(const std::stop_token& stop) {
    set_thread_name("lines");
    while (const std::optional<std::string> line = lines_.pop(stop)) {
        put(*line, stop);
    }
    const auto end = std::chrono::steady_clock::now() + kFarewell;
    while (const std::optional<std::string> line = lines_.try_pop()) {
        const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
        takes_bytes(file_, std::clamp(left, milliseconds{0}, kFarewell));
        put(*line, stop);
    }
}

void LineWriter::put(std::string_view line, const std::stop_token& stop) {
    while (!line.empty()) {
        if (!takes_bytes(file_, stop.stop_requested() ? milliseconds{0} : kGlance)) {
            if (stop.stop_requested()) {
                ++refused_;
                return;
            }
            continue;
        }
        const std::size_t most = std::min<std::size_t>(line.size(), PIPE_BUF);
        const ssize_t written = ::write(file_, line.data(), most);
        if (written < 0 && errno != EINTR && errno != EAGAIN) {
            ++refused_;
            return;
        }
        line.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

}  // namespace bongsu::exec
