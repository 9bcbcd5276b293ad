#include "pipeline/shared_looks.hpp"

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

using namespace std::chrono_literals;

/// Says of each view that somebody fills it, and keeps how many views each call had.
class Agreeing final : public vision::Detector {
public:
    Result<std::vector<Detection>> detect(const Frame&, std::span<const Box>) override {
        return std::vector<Detection>{};
    }

    Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const vision::View> views
    ) override {
        calls.push_back(views.size());
        if (is_broken) {
            return fail(ErrorKind::Internal, "no network");
        }
        std::vector<std::vector<Detection>> found;
        for (const vision::View& view : views) {
            found.push_back({{ObjectClass::Person, 0.9F, view.region, {}}});
        }
        return found;
    }

    std::vector<std::size_t> calls;
    bool is_broken = false;
};

struct Told {
    std::string camera;
    std::size_t people;
};

class SharedLooksOf : public ::testing::Test {
protected:
    bool ask(const char* camera, std::vector<vision::Interest> places) {
        Frame frame = allocate_frame(640, 360).frame;
        return looks.add(
            {.frame = frame,
             .places = std::move(places),
             .done = [this, name = std::string(camera)](SharedLooks::Answer answer
                     ) { told.push_back({name, answer.found ? answer.found->size() : 99}); }}
        );
    }

    ManualClock clock{WallTime{1'750'000'000s}};
    SharedLooks looks{clock};
    Agreeing detector;
    std::vector<Told> told;
};

TEST_F(SharedLooksOf, LooksOfSeveralCamerasAreOneCallAndEachGetsItsOwn) {
    EXPECT_FALSE(ask("a", {{{0, 0, 80, 80}, 0}, {{200, 0, 80, 80}, 0}}));
    EXPECT_FALSE(ask("b", {{{0, 0, 80, 80}, 0}}));
    looks.run(detector);
    EXPECT_EQ(detector.calls, (std::vector<std::size_t>{3}));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].camera, "a");
    EXPECT_EQ(told[0].people, 2U);
    EXPECT_EQ(told[1].people, 1U);
    looks.run(detector);
    EXPECT_EQ(detector.calls.size(), 1U) << "nothing waits any more";
}

TEST_F(SharedLooksOf, EnoughForOneInferenceIsToldAtOnce) {
    EXPECT_FALSE(ask("a", {{{0, 0, 400, 300}, 0}}));
    EXPECT_FALSE(ask("b", {{{0, 0, 400, 300}, 0}}));
    EXPECT_TRUE(ask("c", {{{0, 0, 400, 300}, 0}}));
}

TEST_F(SharedLooksOf, LargeKnownObjectsTakeLessRoom) {
    EXPECT_FALSE(ask("a", {{{0, 0, 400, 300}, 150}}));
    EXPECT_FALSE(ask("b", {{{0, 0, 400, 300}, 150}}));
    EXPECT_FALSE(ask("c", {{{0, 0, 400, 300}, 150}}));
}

TEST_F(SharedLooksOf, NobodyWaitsLongForCompany) {
    EXPECT_FALSE(looks.is_due());
    ask("a", {{{0, 0, 80, 80}, 0}});
    EXPECT_FALSE(looks.is_due());
    clock.advance(200ms);
    EXPECT_TRUE(looks.is_due());
    looks.run(detector);
    EXPECT_FALSE(looks.is_due());
}

TEST_F(SharedLooksOf, AFailureIsAnAnswerToAll) {
    detector.is_broken = true;
    ask("a", {{{0, 0, 80, 80}, 0}});
    ask("b", {{{0, 0, 80, 80}, 0}});
    looks.run(detector);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].people, 99U);
    EXPECT_EQ(told[1].people, 99U);
}

}  // namespace
}  // namespace bongsu::pipeline
