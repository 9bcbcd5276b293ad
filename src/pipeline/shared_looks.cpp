#include "pipeline/shared_looks.hpp"

#include "exec/cpu_time.hpp"
#include "vision/look_plan.hpp"
#include "vision/suppression.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::pipeline {
namespace {

/// About three quarters of the largest network input: more rarely fits beside the gaps.
constexpr float kEnough = 340'000;
/// A look may be late by so much for the sake of company.
constexpr Duration kPatience = std::chrono::milliseconds{200};

constexpr float kMaxOverlap = 0.5F;  // of boxes of several looks at one place

/// An estimate, as the detector's own settings are not known here.
float drawn_area(const SharedLooks::Request& request) {
    const float usual =
        vision::region_scale(request.frame.height, vision::DetectorSettings{}.smallest_person);
    float area = 0;
    for (const vision::Interest& place : request.places) {
        const float scale = std::min(usual, vision::object_scale(place.object_height));
        area += place.box.area() * scale * scale;
    }
    return area;
}

std::vector<vision::View> views_of(std::span<const SharedLooks::Request> requests) {
    std::vector<vision::View> views;
    for (const SharedLooks::Request& request : requests) {
        for (const vision::Interest& place : request.places) {
            views.push_back({&request.frame, place.box, place.object_height});
        }
    }
    return views;
}

}  // namespace

bool SharedLooks::add(Request request) {
    const std::scoped_lock lock(mutex_);
    if (waiting_.empty()) {
        since_ = clock_.mono();
    }
    drawn_ += drawn_area(request);
    waiting_.push_back(std::move(request));
    return drawn_ >= kEnough;
}

bool SharedLooks::is_due() const {
    const std::scoped_lock lock(mutex_);
    return !waiting_.empty() && clock_.mono() - since_ >= kPatience;
}

std::vector<SharedLooks::Request> SharedLooks::take() {
    const std::scoped_lock lock(mutex_);
    drawn_ = 0;
    return std::exchange(waiting_, {});
}

void SharedLooks::run(vision::Detector& detector) {
    const std::vector<Request> requests = take();
    if (requests.empty()) {
        return;
    }
    const Duration begin = exec::thread_cpu_time();
    auto found = detector.detect_packed(views_of(requests));
    const Duration used = exec::thread_cpu_time() - begin;
    float total = 0;
    for (const Request& request : requests) {
        total += drawn_area(request);
    }
    std::size_t view = 0;
    for (const Request& request : requests) {
        const double share = drawn_area(request) / std::max(total, 1.0F);
        Answer answer{std::vector<Detection>{}, from_seconds(to_seconds(used) * share)};
        for (std::size_t i = 0; i < request.places.size(); ++i, ++view) {
            if (found) {
                std::ranges::move((*found)[view], std::back_inserter(*answer.found));
            }
        }
        if (found) {
            answer.found = vision::suppress_overlaps(*std::move(answer.found), kMaxOverlap);
        } else {
            answer.found = fail(found.error());
        }
        request.done(std::move(answer));
    }
}

}  // namespace bongsu::pipeline
