#include "vision/verifiers/fight/fight.hpp"

#include "vision/detectors/nanodet/nanodet.hpp"
#include "vision/verifiers/fight/company.hpp"
#include "vision/verifiers/fight/motion.hpp"
#include "vision/verifiers/fight/restless.hpp"
#include "vision/verifiers/fight/streaks.hpp"
#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

namespace bongsu::verifiers::fight {
namespace {

constexpr const char* kModel = "fight";

/// A fight takes two who move: somebody who sits nearby, or a post that is taken for somebody,
/// changes by less than this many grey levels.
constexpr double kStirs = 0.5;

/// Who falls is now and then found in two pieces, but hardly in so many pictures.
constexpr std::size_t kPictures = 2;

using Pictures = std::vector<std::vector<Detection>>;

/// Where people who move are within reach of each other.
std::vector<Box> meeting_places(const Pictures& pictures, const Change& change, const Box& where) {
    std::vector<Box> places;
    std::size_t count = 0;  // of pictures
    for (const std::vector<Company>& companies : companies_in(pictures)) {
        const std::size_t before = places.size();
        for (const Company& company : companies) {
            const Box place = enclosing(company.one, company.other);
            if (intersection(place, where).area() > 0 && change.in(company.one) >= kStirs &&
                change.in(company.other) >= kStirs) {
                places.push_back(place);
            }
        }
        count += places.size() > before ? 1 : 0;
    }
    return count < kPictures ? std::vector<Box>{} : places;
}

/// Everything there that was surely taken for a person: the head was trained on the most restless
/// of those, whole or not.
std::vector<Box> bodies_at(const std::vector<Box>& places, const Pictures& pictures) {
    std::vector<Box> bodies;
    for (const std::vector<Detection>& people : pictures) {
        for (const Detection& one : people) {
            const bool is_there = std::ranges::any_of(places, [&](const Box& place) {
                return intersection(place, one.box).area() > 0;
            });
            if (is_there && is_sure(one)) {
                bodies.push_back(body_square(one.box));
            }
        }
    }
    return bodies;
}

}  // namespace

Result<std::unique_ptr<Verifier>> Fight::create(const std::filesystem::path& models) {
    BONGSU_ASSIGN(auto head, vision::HeadModel::open(models, kModel, Motion::kNumbers));
    BONGSU_ASSIGN(
        auto detector, detectors::nanodet::NanoDet::create({.models = models, .precision = "int8"})
    );
    return std::make_unique<Fight>(std::move(head), std::move(detector));
}

Result<std::optional<float>> Fight::verify(std::span<const Frame> recent, const Box& where) {
    const std::vector<const Frame*> frames = choose(recent);
    if (frames.empty()) {
        return std::nullopt;
    }
    try {
        BONGSU_ASSIGN(const Pictures pictures, people_.in(frames));
        const Change change(frames);
        const std::optional<Box> body =
            change.most_restless(bodies_at(meeting_places(pictures, change, where), pictures));
        if (!body) {
            return 0.0F;
        }
        const auto moving = since_moving(frames, change.still_before(*body));
        const std::optional<Strip> strip = cut_strip(moving, *body);
        if (!strip) {
            return 0.0F;
        }
        BONGSU_ASSIGN(
            const float sure, head_.probability(measure(without_streaks(*strip)).numbers())
        );
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
