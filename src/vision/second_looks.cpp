#include "vision/second_looks.hpp"

#include "core/log.hpp"
#include "vision/crowd.hpp"
#include "vision/metrics.hpp"
#include "vision/pose/movenet.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace bongsu::vision {
namespace {

/// A model that could not be loaded, or failed, is left alone for so long.
constexpr Duration kRest = std::chrono::minutes{1};

}  // namespace

/// The loaded copies of one model that nobody uses at the moment.
template <class Model>
class SecondLooks::Shelf {
public:
    using Make = std::function<Result<std::unique_ptr<Model>>()>;

    Shelf(std::string look, Make make) : look_(std::move(look)), make_(std::move(make)) {}

    /// Lends a copy to `use` and returns what that says; nothing when there is no copy or it fails.
    template <class Use>
    auto with(MonoTime now, const Use& use)
        -> Result<typename decltype(use(std::declval<Model&>()))::value_type> {
        BONGSU_ASSIGN(std::unique_ptr<Model> model, take(now));
        auto answer = use(*model);
        if (!answer) {
            rest(now, answer.error());
            return answer;
        }
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(model));
        return answer;
    }

private:
    Result<std::unique_ptr<Model>> take(MonoTime now) {
        {
            const std::scoped_lock lock(mutex_);
            if (now < rests_until_) {
                return fail(ErrorKind::Unavailable, look_ + " rests after a failure");
            }
            if (!idle_.empty()) {
                std::unique_ptr<Model> model = std::move(idle_.back());
                idle_.pop_back();
                return model;
            }
        }
        Result<std::unique_ptr<Model>> made = make_();
        if (!made) {
            rest(now, made.error());
        }
        return made;
    }

    void rest(MonoTime now, const Error& error) {
        log::warn("vision.second_look_failed", {{"look", look_}, {"error", error.message}});
        const std::scoped_lock lock(mutex_);
        rests_until_ = now + kRest;
    }

    const std::string look_;
    const Make make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Model>> idle_;
    MonoTime rests_until_{};
};

SecondLooks::SecondLooks(SecondLookParts parts) : parts_(std::move(parts)) {
    if (!parts_.make_pose) {
        parts_.make_pose = [models = parts_.models] { return MoveNet::create(models); };
    }
    poses_ = std::make_unique<Shelf<PoseEstimator>>("pose", parts_.make_pose);
    if (!parts_.make_crowd) {
        parts_.make_crowd = [this] {
            return make_crowd_detector(parts_.models, parts_.clock, parts_.metrics);
        };
    }
    crowds_ = std::make_unique<Shelf<Detector>>("everybody", parts_.make_crowd);
    for (const auto& [name, registration] : parts_.verifiers.all()) {
        verifiers_[name] = std::make_unique<Shelf<verifiers::Verifier>>(
            name, [make = registration.make, models = parts_.models] { return make(models); }
        );
    }
}

SecondLooks::~SecondLooks() = default;

std::optional<Pose> SecondLooks::pose(const Frame& frame, const Box& person) {
    const Box picture{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
    if (intersection(person, picture).area() < 1) {
        return std::nullopt;
    }
    const Result<Pose> pose = poses_->with(parts_.clock.mono(), [&](PoseEstimator& estimator) {
        return estimator.estimate(frame, person);
    });
    count("pose", pose ? "answered" : "failed");
    return pose ? std::optional(*pose) : std::nullopt;
}

std::optional<std::vector<Detection>> SecondLooks::everybody(const Frame& frame) {
    Result<std::vector<Detection>> found = crowds_->with(
        parts_.clock.mono(), [&](Detector& detector) { return detector.detect(frame); }
    );
    count("everybody", found ? "answered" : "failed");
    return found ? std::optional(expected_people(*std::move(found))) : std::nullopt;
}

std::optional<float> SecondLooks::verify(
    std::string_view verifier, std::span<const Frame> recent, const Box& where
) {
    const auto shelf = verifiers_.find(verifier);
    if (shelf == verifiers_.end()) {
        return std::nullopt;
    }
    const Result<std::optional<float>> sure = shelf->second->with(
        parts_.clock.mono(), [&](verifiers::Verifier& model) { return model.verify(recent, where); }
    );
    count(verifier, !sure ? "failed" : *sure ? "answered" : "cannot_tell");
    const std::optional<float> answer = sure ? *sure : std::nullopt;
    if (parts_.on_answer && !recent.empty()) {
        parts_.on_answer(verifier, recent.back(), where, answer);
    }
    return answer;
}

void SecondLooks::count(std::string_view look, std::string_view outcome) {
    parts_.metrics
        .counter(kSecondLooks, {{"look", std::string(look)}, {"outcome", std::string(outcome)}})
        .add();
}

}  // namespace bongsu::vision
