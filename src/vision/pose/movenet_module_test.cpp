// The installed model on a real picture. Skipped, with a line, when the model or the sample video
// is absent.
#include "domain/frame.hpp"
#include "vision/model_store.hpp"
#include "vision/pose/movenet.hpp"
#include "vision/testing/sample_film.hpp"

#include <filesystem>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

TEST(MoveNet, WithoutTheModelSaysHowToInstallIt) {
    const auto made = MoveNet::create("/nonexistent");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::NotFound);
    EXPECT_NE(made.error().message.find("run ./dev setup"), std::string::npos);
}

TEST(MoveNet, WalkingPersonHasHisHeadAboveHisHipsAboveHisAnkles) {
    if (!std::filesystem::exists(default_models_folder() / "movenet-lightning/model.json")) {
        GTEST_SKIP() << "the model is not installed: run ./dev setup";
    }
    if (!std::filesystem::exists(kSampleFilm)) {
        GTEST_SKIP() << kSampleFilm << " is absent: apt-get install opencv-doc";
    }
    auto made = MoveNet::create(default_models_folder());
    ASSERT_TRUE(made) << made.error().describe();
    const std::optional<Frame> frame = sample_picture(13);
    ASSERT_TRUE(frame);
    const Box person{728, 294, 40, 113};  // tests/data/vtest_labels.csv
    const auto pose = (*made)->estimate(*frame, person);
    ASSERT_TRUE(pose) << pose.error().describe();
    EXPECT_GT(pose->score, 0.25F);
    EXPECT_LT((*pose)[Joint::Nose].at.y, (*pose)[Joint::LeftHip].at.y);
    EXPECT_LT((*pose)[Joint::LeftHip].at.y, (*pose)[Joint::LeftAnkle].at.y);
    EXPECT_TRUE(contains(
        {{person.x, person.y},
         {person.right(), person.y},
         {person.right(), person.bottom()},
         {person.x, person.bottom()}},
        (*pose)[Joint::LeftHip].at
    ));
    EXPECT_FALSE((*made)->estimate(*frame, {2000, 2000, 50, 100}));
}

}  // namespace
}  // namespace bongsu::vision
