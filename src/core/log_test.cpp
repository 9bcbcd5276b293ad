#include "core/log.hpp"

#include <array>
#include <chrono>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::log {
namespace {

/// Standard error as a pipe, for as long as this lives.
class CaughtErrors {
public:
    CaughtErrors() : before_(dup(STDERR_FILENO)) {
        std::array<int, 2> ends{};
        EXPECT_EQ(pipe(ends.data()), 0);
        read_end_ = ends[0];
        fcntl(read_end_, F_SETFL, O_NONBLOCK);
        dup2(ends[1], STDERR_FILENO);
        close(ends[1]);
    }

    ~CaughtErrors() {
        dup2(before_, STDERR_FILENO);
        close(before_);
        close(read_end_);
    }

    /// What was written until now.
    std::string read_all() const {
        std::string all;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = read(read_end_, piece.data(), piece.size())) > 0;) {
            all.append(piece.data(), static_cast<std::size_t>(got));
        }
        return all;
    }

private:
    int before_;
    int read_end_ = -1;
};

TEST(Log, NobodyWaitsForAReaderThatStoppedAndTheLossIsSaid) {
    const CaughtErrors caught;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 2'000; ++i) {
        error("test.line", {{"text", std::string(100, 'x')}});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
    EXPECT_EQ(caught.read_all().find("log.lines_lost"), std::string::npos);
    error("test.after");
    const std::string after = caught.read_all();
    EXPECT_NE(after.find("log.lines_lost lines="), std::string::npos) << after;
    EXPECT_NE(after.find("test.after"), std::string::npos) << after;
}

}  // namespace
}  // namespace bongsu::log
