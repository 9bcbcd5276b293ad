#include "app/child_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <future>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bongsu::app {
namespace {

constexpr int kLineTimeoutMs = 10'000;
constexpr std::chrono::seconds kEndTimeout{3};

struct Pipe {
    int read_end;
    int write_end;
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorKind::ResourceExhausted, std::string("pipe: ") + std::strerror(errno));
    }
    return Pipe{ends[0], ends[1]};
}

/// What the new process does before it is the program. Only calls that are safe after fork().
/// Writes errno to `complaint` when it cannot become the program.
[[noreturn]] void become(char* const* argv, pid_t parent, int output, int complaint) {
    // The parent may have blocked signals for its own waiting; the child must hear SIGTERM.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    setpgid(0, 0);  // Ctrl-C reaches the parent alone, which ends the child
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    // A parent that was killed before this line sends nothing any more.
    if (getppid() == parent) {
        dup2(output, STDOUT_FILENO);
        execvp(argv[0], argv);
        const int error = errno;
        std::ignore = write(complaint, &error, sizeof error);
    }
    _exit(127);
}

}  // namespace

/// The thread that started the child and lives until it ends: "parent died" of PR_SET_PDEATHSIG
/// means the thread that forked (prctl(2)), and no other thread lives as long for certain.
class ChildProcess::Keeper {
public:
    Keeper(char* const* argv, int output, int complaint)
        : thread_([this, argv, output, complaint, parent = getpid()] {
              const pid_t pid = fork();
              if (pid == 0) {
                  become(argv, parent, output, complaint);
              }
              started_.set_value(pid);
              if (pid > 0) {
                  wait_for_end(pid);
              }
              ended_.set_value();
          }) {}

    /// The child's id, negative when there is none. Once.
    pid_t pid() { return started_.get_future().get(); }

    /// Ends the child and takes its remains away.
    void end(pid_t pid) {
        const std::future<void> ended = ended_.get_future();
        kill(pid, SIGTERM);
        if (ended.wait_for(kEndTimeout) == std::future_status::timeout) {
            kill(pid, SIGKILL);
        }
        ended.wait();
        waitpid(pid, nullptr, 0);
    }

private:
    /// Its remains stay, so that nobody else gets its id while this object may send signals to it.
    static void wait_for_end(pid_t pid) {
        siginfo_t how{};
        while (waitid(P_PID, static_cast<id_t>(pid), &how, WEXITED | WNOWAIT) != 0 && errno == EINTR
        ) {
        }
    }

    std::promise<pid_t> started_;
    std::promise<void> ended_;
    std::jthread thread_;  // last: it uses the others
};

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments) {
    BONGSU_ASSIGN(const Pipe output, make_pipe());
    const Result<Pipe> complaint = make_pipe();
    if (!complaint) {
        close(output.read_end);
        close(output.write_end);
        return fail(complaint.error());
    }
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    auto keeper = std::make_unique<Keeper>(argv.data(), output.write_end, complaint->write_end);
    const pid_t pid = keeper->pid();
    close(output.write_end);
    close(complaint->write_end);
    int error = pid < 0 ? EAGAIN : 0;
    // Ends without a byte when the child has become the program.
    std::ignore = read(complaint->read_end, &error, sizeof error);
    close(complaint->read_end);
    ChildProcess child(std::move(keeper), pid, output.read_end);
    if (error != 0) {
        return fail(
            ErrorKind::Unavailable, "cannot start " + arguments[0] + ": " + std::strerror(error)
        );
    }
    return child;
}

ChildProcess::ChildProcess(std::unique_ptr<Keeper> keeper, pid_t pid, int output)
    : keeper_(std::move(keeper)), pid_(pid), output_(output) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : keeper_(std::move(other.keeper_)),
      pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      buffer_(std::move(other.buffer_)) {}

ChildProcess::~ChildProcess() {
    if (output_ >= 0) {
        close(output_);
    }
    if (keeper_ && pid_ > 0) {
        keeper_->end(pid_);
    }
}

Result<std::string> ChildProcess::read_line() {
    while (true) {
        const std::size_t newline = buffer_.find('\n');
        if (newline != std::string::npos) {
            std::string line = buffer_.substr(0, newline);
            buffer_.erase(0, newline + 1);
            return line;
        }
        pollfd ready{.fd = output_, .events = POLLIN, .revents = 0};
        if (poll(&ready, 1, kLineTimeoutMs) == 0) {
            return fail(ErrorKind::Timeout, "the started program says nothing for 10 s");
        }
        std::array<char, 4096> chunk{};
        const ssize_t count = read(output_, chunk.data(), chunk.size());
        if (count <= 0) {
            return fail(
                ErrorKind::Unavailable, "the started program has ended; its message is above"
            );
        }
        buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace bongsu::app
