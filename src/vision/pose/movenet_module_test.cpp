// The installed model on a real picture. Skipped, with a line, when the model or the sample video
// is absent.
#include "domain/frame.hpp"
#include "vision/model_store.hpp"
#include "vision/pose/movenet.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

constexpr const char* kVideo = "/usr/share/doc/opencv-doc/examples/data/vtest.avi";
constexpr int kWidth = 768;
constexpr int kHeight = 576;

/// Frame 13 of the sample video, decoded by the ffmpeg program.
std::optional<Frame> street() {
    const std::string command =
        "ffmpeg -v error -i " + std::string(kVideo) +
        " -vf 'select=eq(n\\,13)' -frames:v 1 -f rawvideo -pix_fmt yuv420p - 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    WritableFrame out = allocate_frame(kWidth, kHeight);
    constexpr std::size_t kBytes = kWidth * kHeight * 3 / 2;
    if (pipe == nullptr || std::fread(out.data[0], 1, kBytes, pipe.get()) != kBytes) {
        return std::nullopt;
    }
    return out.frame;
}

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
    if (!std::filesystem::exists(kVideo)) {
        GTEST_SKIP() << kVideo << " is absent: apt-get install opencv-doc";
    }
    auto made = MoveNet::create(default_models_folder());
    ASSERT_TRUE(made) << made.error().describe();
    const std::optional<Frame> frame = street();
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
