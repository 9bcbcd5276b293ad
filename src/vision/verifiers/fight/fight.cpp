#include "vision/verifiers/fight/fight.hpp"

#include "vision/detectors/nanodet/nanodet.hpp"
#include "vision/verifiers/fight/company.hpp"
#include "vision/verifiers/fight/motion.hpp"
#include "vision/verifiers/fight/restless.hpp"
#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include <opencv2/core.hpp>

namespace bongsu::verifiers::fight {
namespace {

constexpr const char* kModel = "fight";

/// People are looked for in the whole picture, made so small.
constexpr int kCanvasWidth = 640;
constexpr int kCanvasHeight = 384;

/// Doubtful people count: in a clinch nobody looks like the pictures of a detector's training.
constexpr float kScore = 0.25F;
constexpr float kSmallestBody = 20;  ///< pixels

std::size_t size_index(std::span<const vision::Network::Size> sizes) {
    const auto found = std::ranges::find_if(sizes, [](const vision::Network::Size& size) {
        return size.width == kCanvasWidth && size.height == kCanvasHeight;
    });
    return found == sizes.end() ? 0 : static_cast<std::size_t>(found - sizes.begin());
}

}  // namespace

Result<std::unique_ptr<Verifier>> Fight::create(const std::filesystem::path& models) {
    BONGSU_ASSIGN(auto head, vision::HeadModel::open(models, kModel, Motion::kNumbers));
    BONGSU_ASSIGN(
        auto detector, detectors::nanodet::NanoDet::create({.models = models, .precision = "int8"})
    );
    return std::make_unique<Fight>(std::move(head), std::move(detector));
}

Result<std::vector<Detection>> Fight::people_in(const Frame& frame) {
    const std::size_t index = size_index(detector_->sizes());
    BONGSU_ASSIGN(vision::Canvas * canvas, detector_->canvas(index));
    const auto width = static_cast<float>(frame.width);
    const auto height = static_cast<float>(frame.height);
    const float scale = std::min(
        static_cast<float>(canvas->width()) / width, static_cast<float>(canvas->height()) / height
    );
    const vision::PixelRect source{0, 0, frame.width, frame.height};
    const vision::PixelRect target{
        0,
        0,
        std::clamp(static_cast<int>(width * scale), 1, canvas->width()),
        std::clamp(static_cast<int>(height * scale), 1, canvas->height())
    };
    canvas->clear();
    canvas->draw(frame, source, target);
    BONGSU_ASSIGN(std::vector<Detection> found, detector_->infer(index, kScore));
    std::erase_if(found, [](const Detection& d) { return d.cls != ObjectClass::Person; });
    for (Detection& person : found) {
        person.box = scaled(person.box, 1 / scale, 1 / scale);
    }
    std::erase_if(found, [](const Detection& d) { return d.box.h < kSmallestBody; });
    return found;
}

Result<std::optional<float>> Fight::verify(std::span<const Frame> recent, const Box& where) {
    const std::vector<const Frame*> frames = choose(recent);
    if (frames.empty()) {
        return std::nullopt;
    }
    try {
        std::vector<Box> bodies;
        for (const Frame* frame : std::array{frames.back(), frames[frames.size() / 2]}) {
            BONGSU_ASSIGN(const std::vector<Detection> people, people_in(*frame));
            std::ranges::copy(in_company(people), std::back_inserter(bodies));
        }
        std::erase_if(bodies, [&](const Box& b) { return intersection(b, where).area() <= 0; });
        const std::optional<Box> body = most_restless(frames, bodies);
        const std::optional<Strip> strip = body ? cut_strip(frames, *body) : std::nullopt;
        if (!strip) {
            return 0.0F;
        }
        BONGSU_ASSIGN(const float sure, head_.probability(measure(*strip).numbers()));
        return sure;
    } catch (const cv::Exception& error) {
        return fail(ErrorKind::Internal, std::string("the optical flow failed: ") + error.what());
    }
}

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "fight",
         .help = "Whether people within reach of each other fight, by how violently everything "
                 "around them moves.",
         .make = Fight::create}
    );
}

}  // namespace bongsu::verifiers::fight
