#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"
#include "domain/pose.hpp"
#include "vision/detector.hpp"
#include "vision/pose_estimator.hpp"
#include "vision/verifiers/registry.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::vision {

/// What second looks are made with.
struct SecondLookParts {
    const verifiers::Registry& verifiers;
    std::filesystem::path models;  ///< folder of installed models
    const Clock& clock;
    Metrics& metrics;
    /// Makes one estimator; empty: the MoveNet among the models.
    std::function<Result<std::unique_ptr<PoseEstimator>>()> make_pose{};
    /// Makes what finds everybody; empty: the detector of crowds among the models.
    std::function<Result<std::unique_ptr<Detector>>()> make_crowd{};
    /// Told every answer of a verifier, for measuring; may be empty. The picture is the present
    /// one.
    std::function<void(std::string_view verifier, const Frame&, const Box&, std::optional<float>)>
        on_answer{};
};

/// The models behind second looks, shared by all cameras: each is loaded when it is first asked
/// and kept, one for every thread that uses it at once. One that cannot be loaded or that fails
/// gives no answers, counts it and says why once a minute. Thread-safe. Owned by the program.
class SecondLooks {
public:
    explicit SecondLooks(SecondLookParts parts);
    ~SecondLooks();
    SecondLooks(const SecondLooks&) = delete;
    SecondLooks& operator=(const SecondLooks&) = delete;

    std::optional<Pose> pose(const Frame& frame, const Box& person);

    /// Scores as SecondLook::everybody says.
    std::optional<std::vector<Detection>> everybody(const Frame& frame);

    /// See verifiers::Verifier. Nothing also for a name that does not exist.
    std::optional<float> verify(
        std::string_view verifier, std::span<const Frame> recent, const Box& where
    );

private:
    template <class Model>
    class Shelf;

    void count(std::string_view look, std::string_view outcome);

    SecondLookParts parts_;
    std::unique_ptr<Shelf<PoseEstimator>> poses_;
    std::unique_ptr<Shelf<Detector>> crowds_;
    std::map<std::string, std::unique_ptr<Shelf<verifiers::Verifier>>, std::less<>> verifiers_;
};

}  // namespace bongsu::vision
