#include "annotation/video_writer.hpp"

#include "annotation/painter.hpp"
#include "core/log.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <opencv2/imgproc.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace bongsu::annotation {
namespace {

/// Starts ffmpeg reading raw BGR pictures from `input` (closed in this process afterwards).
Result<pid_t> spawn_encoder(
    int input, const std::filesystem::path& path, cv::Size size, double frames_per_second
) {
    const std::string dimensions = std::to_string(size.width) + "x" + std::to_string(size.height);
    const std::string rate = std::to_string(frames_per_second);
    const std::string output = path.string();
    const std::array<const char*, 24> arguments{
        "ffmpeg",
        "-hide_banner",
        "-loglevel",
        "error",
        "-y",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "bgr24",
        "-s",
        dimensions.c_str(),
        "-r",
        rate.c_str(),
        "-i",
        "pipe:0",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-pix_fmt",
        "yuv420p",
        output.c_str(),
        nullptr,
        nullptr
    };
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    pid_t pid = 0;
    const int error = posix_spawnp(
        &pid, "ffmpeg", &actions, nullptr, const_cast<char* const*>(arguments.data()), environ
    );
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return fail(
            ErrorKind::FailedPrecondition,
            std::string("cannot start ffmpeg: ") + std::strerror(error) +
                "; install the package ffmpeg or leave out --annotate"
        );
    }
    return pid;
}

}  // namespace

struct VideoWriter::Impl {
    std::filesystem::path path;
    cv::Size size;
    int pipe = -1;
    pid_t pid = 0;
};

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

VideoWriter::~VideoWriter() {
    if (const Status finished = finish(); !finished) {
        log::warn("annotation.video", {{"why", finished.error().describe()}});
    }
}

Result<std::unique_ptr<VideoWriter>> VideoWriter::create(
    const std::filesystem::path& path, int width, int height, double frames_per_second
) {
    // A dead encoder must show as a failed write, not end this program.
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorKind::ResourceExhausted, std::string("pipe: ") + std::strerror(errno));
    }
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->size = {width & ~1, height & ~1};
    impl->pipe = ends[1];
    auto pid = spawn_encoder(ends[0], path, impl->size, frames_per_second);
    close(ends[0]);
    if (!pid) {
        close(ends[1]);
        return fail(pid.error());
    }
    impl->pid = *pid;
    return std::unique_ptr<VideoWriter>(new VideoWriter(std::move(impl)));
}

Status VideoWriter::write(const Frame& frame, const Overlay& overlay) {
    if (impl_->pipe < 0) {
        return fail(ErrorKind::FailedPrecondition, impl_->path.string() + " is already finished");
    }
    cv::Mat bgr = to_bgr(frame);
    paint(bgr, overlay);
    if (bgr.size() != impl_->size) {
        cv::resize(bgr, bgr, impl_->size);
    }
    const std::size_t total = bgr.total() * bgr.elemSize();
    for (std::size_t done = 0; done < total;) {
        const ssize_t count = ::write(impl_->pipe, bgr.data + done, total - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return fail(
                ErrorKind::Unavailable,
                "cannot write " + impl_->path.string() + ": ffmpeg ended (" + std::strerror(errno) +
                    ")"
            );
        }
        done += static_cast<std::size_t>(count);
    }
    return {};
}

Status VideoWriter::finish() {
    if (impl_->pipe < 0) {
        return {};
    }
    close(impl_->pipe);
    impl_->pipe = -1;
    int status = 0;
    if (waitpid(impl_->pid, &status, 0) < 0 || status != 0) {
        return fail(
            ErrorKind::Unavailable,
            "ffmpeg could not finish " + impl_->path.string() + "; its message is above"
        );
    }
    return {};
}

}  // namespace bongsu::annotation
