#include "vision/verifiers/fight/fight.hpp"

#include "vision/verifiers/fight/motion.hpp"
#include "vision/verifiers/fight/strip.hpp"

#include <string>
#include <utility>

#include <opencv2/core.hpp>

namespace bongsu::verifiers::fight {
namespace {

constexpr const char* kModel = "fight";

}  // namespace

Result<std::unique_ptr<Verifier>> Fight::create(const std::filesystem::path& models) {
    BONGSU_ASSIGN(auto head, vision::HeadModel::open(models, kModel, Motion::kNumbers));
    return std::make_unique<Fight>(std::move(head));
}

Result<std::optional<float>> Fight::verify(std::span<const Frame> recent, const Box& where) {
    try {
        const std::optional<Strip> strip = cut_strip(recent, where);
        if (!strip) {
            return std::nullopt;
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
         .help = "Whether people fight, by how violently everything around them moves.",
         .make = Fight::create}
    );
}

}  // namespace bongsu::verifiers::fight
