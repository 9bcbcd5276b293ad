#include "behaviours/testing/one_rule.hpp"

#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

namespace bongsu::behaviours::testing {

OneRule::OneRule(const std::string& behaviour, MemoryShelf* shelf) {
    register_all(registry_);
    camera_.id = CameraId{"camera"};
    RuleConfig rule;
    rule.id = RuleId{"rule"};
    rule.behaviour = behaviour;
    camera_.rules = {rule};
    auto engine = BehaviourEngine::create(camera_, registry_, metrics_, {}, shelf);
    if (!engine) {
        throw std::invalid_argument(engine.error().message);
    }
    engine_.emplace(*std::move(engine));
}

std::vector<BehaviourEvent> OneRule::evaluate(Scene scene) {
    scene.camera = camera_.id;
    return engine_->evaluate(scene);
}

int OneRule::balance(const Scene& scene) {
    int begun = 0;
    for (const BehaviourEvent& event : evaluate(scene)) {
        begun += event.phase == EventPhase::Begin ? 1 : 0;
        begun -= event.phase == EventPhase::End ? 1 : 0;
    }
    return begun;
}

std::optional<Pose> FixedLook::pose(const Box& /*person*/) {
    return std::nullopt;
}

std::optional<float> FixedLook::verify(std::string_view verifier, const Box& box) {
    EXPECT_EQ(verifier, verifier_);
    EXPECT_GT(box.area(), 0);
    ++asked;
    where = box;
    return answer;
}

void FixedLook::keep_looking(Duration /*time*/) {
    ++kept;
}

}  // namespace bongsu::behaviours::testing
