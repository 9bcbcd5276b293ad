#include "vision/testing/fake_network.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

namespace bongsu::vision {
namespace {

constexpr float kBright = 200.F;

}  // namespace

FakeNetwork::FakeNetwork(std::vector<Size> sizes) : sizes_(std::move(sizes)) {
    for (const Size& size : sizes_) {
        const std::size_t area =
            static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
        planes_.emplace_back(area * 3);
        canvases_.emplace_back(planes_.back(), size.width, size.height, Normalisation{});
    }
}

Result<Canvas*> FakeNetwork::canvas(std::size_t index) {
    return &canvases_.at(index);
}

Result<std::vector<Detection>> FakeNetwork::infer(std::size_t index, float min_score) {
    inferences.push_back(index);
    const Size size = sizes_.at(index);
    const cv::Mat plane(size.height, size.width, CV_32FC1, planes_[index].data());
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(plane > kBright, labels, stats, centres);
    std::vector<Detection> out;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        const Box box{
            static_cast<float>(row[cv::CC_STAT_LEFT]),
            static_cast<float>(row[cv::CC_STAT_TOP]),
            static_cast<float>(row[cv::CC_STAT_WIDTH]),
            static_cast<float>(row[cv::CC_STAT_HEIGHT]),
        };
        out.push_back({ObjectClass::Person, std::max(0.9F, min_score), box, {}});
    }
    return out;
}

Frame frame_with_blocks(int width, int height, const std::vector<Box>& blocks) {
    WritableFrame out = allocate_frame(width, height);
    out.frame.is_full_range = true;
    const auto luma = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto chroma =
        static_cast<std::size_t>((width + 1) / 2) * static_cast<std::size_t>((height + 1) / 2);
    std::fill_n(out.data[0], luma, std::uint8_t{60});
    std::fill_n(out.data[1], chroma, std::uint8_t{128});
    std::fill_n(out.data[2], chroma, std::uint8_t{128});
    for (const Box& block : blocks) {
        for (int y = static_cast<int>(block.y); y < static_cast<int>(block.bottom()); ++y) {
            std::fill_n(
                out.data[0] + static_cast<std::ptrdiff_t>(y) * width + static_cast<int>(block.x),
                static_cast<std::size_t>(block.w),
                std::uint8_t{255}
            );
        }
    }
    return out.frame;
}

}  // namespace bongsu::vision
