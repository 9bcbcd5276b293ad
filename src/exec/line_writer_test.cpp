#include "exec/line_writer.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::exec {
namespace {

using std::chrono::steady_clock;

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        EXPECT_EQ(pipe(ends.data()), 0);
        read_end = ends[0];
        write_end = ends[1];
    }

    ~Pipe() {
        close(write_end);
        if (read_end >= 0) {
            close(read_end);
        }
    }

    /// Everything in it until its writer is closed.
    std::string read_all() {
        close(write_end);
        write_end = -1;
        std::string all;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = read(read_end, piece.data(), piece.size())) > 0;) {
            all.append(piece.data(), static_cast<std::size_t>(got));
        }
        return all;
    }

    int read_end = -1;
    int write_end = -1;
};

TEST(LineWriter, WritesWholeLinesInOrderBeforeItEnds) {
    Pipe pipe;
    std::string expected;
    {
        LineWriter writer(pipe.write_end, 100);
        for (int i = 0; i < 100; ++i) {
            EXPECT_TRUE(writer.write("line " + std::to_string(i)));
            expected += "line " + std::to_string(i) + "\n";
        }
    }
    EXPECT_EQ(pipe.read_all(), expected);
}

TEST(LineWriter, NobodyWaitsForAReaderThatStopped) {
    Pipe pipe;
    const auto begin = steady_clock::now();
    {
        LineWriter writer(pipe.write_end, 50);
        const std::string line(3'000, 'x');
        for (int i = 0; i < 1'000; ++i) {
            writer.write(line);
        }
        EXPECT_GT(writer.lost(), 800U);
    }
    EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds{3});
}

TEST(LineWriter, AReaderThatLeftCostsLinesOnly) {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    close(pipe.read_end);
    pipe.read_end = -1;
    {
        LineWriter writer(pipe.write_end, 50);
        writer.write("nobody reads this");
        while (writer.lost() == 0) {
            std::this_thread::yield();
        }
        EXPECT_EQ(writer.lost(), 1U);
    }
    std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace bongsu::exec
