// Plays painted pictures: a paved yard, people as dark upright blocks, things as blocks.
#include "behaviours/still_things/thing_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include <gtest/gtest.h>

namespace bongsu::behaviours::still_things {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kWidth = 640;
constexpr int kHeight = 360;
const WallTime kStart{seconds{1'750'000'000}};

struct Block {
    Box box;
    int luma = 40;
};

/// A yard with slabs, joints and a little noise that is the same on every machine.
class Yard {
public:
    Yard() : picture_(allocate_frame(kWidth, kHeight)) {}

    const Frame& paint(WallTime time, const std::vector<Block>& blocks, int light = 0) {
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                const bool is_joint = x % 80 < 6 || y % 60 < 5;
                const int noise = static_cast<int>(random_() % 7) - 3;
                set(x, y, (is_joint ? 90 : 130) + light + noise);
            }
        }
        for (const Block& block : blocks) {
            const Box part = clipped(block.box, kWidth, kHeight);
            for (int y = static_cast<int>(part.y); y < static_cast<int>(part.bottom()); ++y) {
                for (int x = static_cast<int>(part.x); x < static_cast<int>(part.right()); ++x) {
                    set(x, y, block.luma);
                }
            }
        }
        for (const std::size_t plane : {1U, 2U}) {
            const Plane& chroma = picture_.frame.planes[plane];
            std::fill_n(
                picture_.data[plane],
                static_cast<std::size_t>(chroma.stride) * static_cast<std::size_t>(chroma.height),
                std::uint8_t{128}
            );
        }
        picture_.frame.wall = time;
        return picture_.frame;
    }

private:
    void set(int x, int y, int luma) {
        const Plane& plane = picture_.frame.planes[0];
        picture_.data[0][static_cast<std::ptrdiff_t>(y) * plane.stride + x] =
            static_cast<std::uint8_t>(std::clamp(luma, 0, 255));
    }

    WritableFrame picture_;
    std::mt19937 random_{7};
};

Box person_at(float x) {
    return {x - 18, 130, 36, 110};
}

/// Plays two pictures a second and tells what the watch says.
class Things : public testing::Test {
protected:
    void see(const std::vector<Block>& blocks, const std::vector<Track>& tracks, int light = 0) {
        now_ += milliseconds{500};
        Scene scene{.time = now_, .width = kWidth, .height = kHeight};
        scene.tracks = tracks;
        scene.has_detections = true;
        const Frame& frame = yard_.paint(now_, blocks, light);
        scene.frame = &frame;
        const ThingWatch::Outcome outcome = watch_.look(scene, rules_);
        ended_ += static_cast<int>(outcome.ended.size());
        noticed_ += outcome.noticed;
        is_due_ = std::ranges::any_of(watch_.things(), [&](const Thing& thing) {
            return ThingWatch::is_due(thing, scene, rules_);
        });
        if (is_due_ && !due_after_) {
            due_after_ = now_ - left_;
        }
    }

    void see_for(
        double time, const std::vector<Block>& blocks, const std::vector<Track>& tracks = {}
    ) {
        for (int i = 0; i < static_cast<int>(time * 2); ++i) {
            see(blocks, tracks);
        }
    }

    static Track person(float x) { return track(ObjectClass::Person, 1, person_at(x)); }

    static Track track(ObjectClass cls, std::uint64_t id, const Box& box) {
        Track track;
        track.id = TrackId{id};
        track.cls = cls;
        track.state = TrackState::Confirmed;
        track.score = 0.9F;
        track.box = box;
        return track;
    }

    static Block as_block(const Box& box) { return {box, 25}; }

    /// Somebody comes from the left to 300, stays for `stay` seconds and goes out at the right;
    /// `things` lie there from when he stood still.
    void visit(std::vector<Block> before, const std::vector<Block>& things, double stay = 4) {
        for (float x = 20; x < 300; x += 28) {
            see_with_person(x, before);
        }
        for (int i = 0; i < static_cast<int>(stay * 2); ++i) {
            see_with_person(300 + static_cast<float>(i % 2) * 6, things);
        }
        for (float x = 300; x < 640; x += 28) {
            see_with_person(x, things);
        }
        left_ = now_;
    }

    void see_with_person(float x, std::vector<Block> blocks) {
        blocks.push_back(as_block(person_at(x)));
        see(blocks, {person(x)});
    }

    Yard yard_;
    ThingWatch watch_;
    ThingRules rules_{.rest = seconds{5}, .left_for = seconds{5}};
    WallTime now_ = kStart;
    WallTime left_ = kStart;
    bool is_due_ = false;
    std::optional<Duration> due_after_;
    int ended_ = 0;
    int noticed_ = 0;
};

const Block kBag{{325, 205, 36, 32}, 30};

TEST_F(Things, ABagThatIsLeftBehindIsDueOnceItsOwnerIsAway) {
    see_for(15, {});
    visit({}, {kBag});
    EXPECT_FALSE(due_after_) << "the owner has only just gone out of the picture";
    see_for(12, {kBag});
    ASSERT_TRUE(is_due_);
    EXPECT_LE(*due_after_, seconds{6});
    EXPECT_GE(iou(watch_.things().front().box, kBag.box), 0.3F);
    EXPECT_EQ(watch_.things().front().keepers.tracks().front(), TrackId{1});
}

TEST_F(Things, IsNotDueWhileTheOwnerStaysBesideIt) {
    see_for(15, {});
    for (int i = 0; i < 80; ++i) {
        see_with_person(300 + static_cast<float>(i % 2) * 6, {kBag});
        ASSERT_FALSE(is_due_) << "after " << i << " looks";
    }
}

TEST_F(Things, EndsWhenItIsTaken) {
    see_for(15, {});
    visit({}, {kBag});
    see_for(12, {kBag});
    ASSERT_TRUE(is_due_);
    see_for(3, {});
    EXPECT_EQ(ended_, 1);
    EXPECT_TRUE(watch_.things().empty());
}

TEST_F(Things, WhatIsTakenAwayHasGoneAndDidNotCome) {
    see_for(15, {kBag});
    visit({kBag}, {});
    see_for(12, {});
    EXPECT_FALSE(is_due_) << "taken for a thing that came";
    EXPECT_EQ(noticed_, 0);
}

TEST_F(Things, WhatIsTakenAwayIsReportedByTheOtherRule) {
    rules_ = {.wanted = Change::Went, .rest = seconds{5}, .waits = false};
    see_for(70, {kBag});
    visit({kBag}, {});
    see_for(8, {});
    ASSERT_TRUE(is_due_);
    EXPECT_GE(iou(watch_.things().front().box, kBag.box), 0.3F);
}

TEST_F(Things, SomebodyWhoStoodThereFromTheBeginningIsNoThing) {
    for (const Change wanted : {Change::Came, Change::Went}) {
        watch_ = ThingWatch();
        rules_.wanted = wanted;
        for (int i = 0; i < 150; ++i) {
            see_with_person(300, {});
        }
        visit({}, {});
        see_for(15, {});
        EXPECT_FALSE(due_after_);
    }
}

TEST_F(Things, SomebodyWhoWasNotFoundUntilHeMovedLeavesNoThing) {
    for (const Change wanted : {Change::Came, Change::Went}) {
        watch_ = ThingWatch();
        rules_.wanted = wanted;
        see_for(20, {as_block(person_at(300))});
        for (float x = 300; x < 640; x += 28) {
            see_with_person(x, {});
        }
        see_for(15, {});
        EXPECT_FALSE(due_after_) << "the ground behind him is no thing, nor is he";
    }
}

TEST_F(Things, WhoStandsUnseenOnDarkGroundForAMomentIsNotGround) {
    rules_ = {.wanted = Change::Went, .rest = seconds{5}, .waits = false};
    const Block lawn{{200, 100, 250, 200}, 40};
    see_for(75, {lawn});
    for (int i = 0; i < 4; ++i) {
        see({lawn, {{325, 205, 36, 32}, 29}}, {person(340)});
    }
    see_for(3, {lawn, {{325, 205, 36, 32}, 29}});
    visit({lawn}, {lawn});
    see_for(8, {lawn});
    EXPECT_FALSE(due_after_);
}

TEST_F(Things, AfterAGapInThePicturesNothingIsKnown) {
    see_for(15, {});
    visit({}, {kBag}, 3);
    now_ += seconds{30};
    see_for(20, {kBag});
    EXPECT_FALSE(due_after_) << "nobody knows who was there meanwhile";
}

TEST_F(Things, WhatIsTakenSoonAfterTheFirstPictureIsNotReported) {
    rules_ = {.wanted = Change::Went, .rest = seconds{5}, .waits = false};
    see_for(30, {kBag});
    visit({kBag}, {});
    see_for(8, {});
    EXPECT_FALSE(due_after_) << "it has not been there for a minute";
}

TEST_F(Things, WhatChangesLittleByLittleIsNoThing) {
    see_for(15, {});
    const Box place{325, 205, 36, 32};
    for (int i = 0; i < 30; ++i) {
        see({{place, 130 - 3 * i}}, {person(300 + static_cast<float>(i % 2) * 6)});
    }
    for (float x = 300; x > -40; x -= 28) {
        see_with_person(x, {{place, 40}});
    }
    see_for(12, {{place, 40}});
    EXPECT_FALSE(due_after_) << "a shadow that grows";
}

TEST_F(Things, AReflectionAtTheHeightOfHisHeadIsNoThing) {
    const Block reflection{{330, 125, 30, 30}, 40};
    see_for(15, {});
    visit({}, {reflection});
    see_for(12, {reflection});
    EXPECT_FALSE(due_after_);
}

TEST_F(Things, WithoutAPersonBesideItNothingIsAThing) {
    see_for(15, {});
    see_for(30, {kBag});
    EXPECT_EQ(noticed_, 0);
}

TEST_F(Things, APasserByDoesNotOwnAnOldChange) {
    see_for(15, {});
    see_for(20, {kBag});
    visit({kBag}, {kBag});
    see_for(15, {kBag});
    EXPECT_EQ(noticed_, 0);
}

TEST_F(Things, AParkedCarIsNoThing) {
    const Block car{{330, 120, 150, 110}, 60};
    see_for(15, {});
    visit({}, {car});
    see_for(15, {car});
    EXPECT_FALSE(is_due_) << "larger than what somebody carries";
}

TEST_F(Things, ALampOnTheYardIsNoThing) {
    see_for(15, {});
    visit({}, {});
    for (int i = 0; i < 30; ++i) {
        see({}, {}, 45);
    }
    EXPECT_FALSE(due_after_);
}

TEST_F(Things, AShadeThatHardlyDiffersButForASpotIsNoThing) {
    const std::vector<Block> shade{{{296, 208, 48, 32}, 120}, {{316, 220, 8, 8}, 100}};
    see_for(15, {});
    visit({}, shade);
    see_for(12, shade);
    EXPECT_FALSE(due_after_);
}

TEST_F(Things, ACoveredLensSaysNothing) {
    see_for(15, {});
    visit({}, {kBag}, 2);
    see_for(30, {{{0, 0, kWidth, kHeight}, 12}});
    EXPECT_FALSE(due_after_);
}

TEST(SmallPictures, OfAnySizeAreMeans) {
    for (const auto& [width, height] : {std::pair{8, 8}, {161, 91}, {360, 640}, {3840, 2160}}) {
        WritableFrame picture = allocate_frame(width, height);
        for (std::size_t p = 0; p < 3; ++p) {
            const Plane& plane = picture.frame.planes[p];
            std::fill_n(
                picture.data[p],
                static_cast<std::size_t>(plane.stride) * static_cast<std::size_t>(plane.height),
                static_cast<std::uint8_t>(60 + p)
            );
        }
        SmallPicture small;
        shrink(picture.frame, small);
        EXPECT_EQ(small.luma.size(), kCells);
        EXPECT_TRUE(std::ranges::all_of(small.luma, [](auto value) { return value == 60; }));
        EXPECT_TRUE(std::ranges::all_of(small.v, [](auto value) { return value == 62; }));
    }
}

TEST(SmallPictures, BoxesAndCellsAgree) {
    const Box box = box_of(cells_of({320, 180, 4, 4}, 640, 360), 640, 360);
    EXPECT_EQ(box, (Box{320, 180, 4, 4}));
    EXPECT_LT(cells_of({700, 10, 5, 5}, 640, 360).right, 0) << "outside";
}

}  // namespace
}  // namespace bongsu::behaviours::still_things
