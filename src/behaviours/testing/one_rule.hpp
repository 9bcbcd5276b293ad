#pragma once

#include "behaviours/engine.hpp"
#include "behaviours/registry.hpp"
#include "core/metrics.hpp"
#include "domain/camera.hpp"
#include "domain/scene.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu::behaviours::testing {

/// A camera with one rule of this program at its default settings, for tests that show it scenes.
class OneRule {
public:
    /// Throws when the rule cannot be made.
    explicit OneRule(const std::string& behaviour, MemoryShelf* shelf = nullptr);

    /// The camera is taken out of service.
    void finish(WallTime now) { engine_->finish(now); }

    /// `scene.camera` is filled in.
    std::vector<BehaviourEvent> evaluate(Scene scene);

    /// The same; how many events begin, less those that end.
    int balance(const Scene& scene);

    std::size_t open_events() const { return engine_->open_events(); }

private:
    Registry registry_;
    Metrics metrics_;
    CameraConfig camera_;
    std::optional<BehaviourEngine> engine_;
};

/// Answers every question to one verifier with the same, and counts. Knows no poses. A question to
/// another verifier or about an empty place fails the test.
class FixedLook final : public SecondLook {
public:
    explicit FixedLook(std::string verifier) : verifier_(std::move(verifier)) {}

    std::optional<Pose> pose(const Box& person) override;
    std::optional<float> verify(std::string_view verifier, const Box& where) override;
    void keep_looking(Duration time) override;

    std::optional<float> answer;
    int asked = 0;
    int kept = 0;  ///< calls of keep_looking
    Box where;     ///< asked about last

private:
    const std::string verifier_;
};

}  // namespace bongsu::behaviours::testing
