#include "vision/testing/sample_film.hpp"

#include <cstdio>
#include <memory>
#include <string>

namespace bongsu::vision {

std::optional<Frame> sample_picture(int number) {
    constexpr int kWidth = 768;
    constexpr int kHeight = 576;
    constexpr std::size_t kBytes = std::size_t{kWidth} * kHeight * 3 / 2;
    const std::string command = "ffmpeg -v error -i " + std::string(kSampleFilm) +
                                " -vf 'select=eq(n\\," + std::to_string(number) +
                                ")' -frames:v 1 -f rawvideo -pix_fmt yuv420p - 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    WritableFrame out = allocate_frame(kWidth, kHeight);
    if (pipe == nullptr || std::fread(out.data[0], 1, kBytes, pipe.get()) != kBytes) {
        return std::nullopt;
    }
    return out.frame;
}

}  // namespace bongsu::vision
