// The installed model, and what happens when it is absent, broken or another one. Skipped, with a
// line, when it is not installed.
#include "vision/model_store.hpp"
#include "vision/verifiers/fire/fire.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fire {
namespace {

namespace fs = std::filesystem;

Frame grey(int width, int height) {
    WritableFrame out = allocate_frame(width, height);
    for (std::size_t i = 0; i < out.data.size(); ++i) {
        const Plane& plane = out.frame.planes[i];
        std::fill_n(out.data[i], static_cast<std::ptrdiff_t>(plane.stride) * plane.height, 128);
    }
    return out.frame;
}

class InstalledFire : public ::testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(vision::default_models_folder() / "fire/model.json")) {
            GTEST_SKIP() << "the model is not installed: run ./dev setup";
        }
        copy_ = fs::path(::testing::TempDir()) /
                ("fire-" +
                 std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
        fs::remove_all(copy_);
        fs::create_directories(copy_);
        fs::copy(
            vision::default_models_folder() / "fire", copy_ / "fire", fs::copy_options::recursive
        );
        fs::create_directory_symlink(
            vision::default_models_folder() / "onnxruntime", copy_ / "onnxruntime"
        );
    }

    void TearDown() override {
        if (!copy_.empty()) {
            fs::remove_all(copy_);
        }
    }

    void edit_description(const std::string& from, const std::string& to) {
        const fs::path path = copy_ / "fire/model.json";
        std::ifstream in(path);
        std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream(path) << text;
    }

    fs::path copy_;
};

TEST(FireVerifierWithoutModel, SaysHowToInstallIt) {
    const auto made = FireVerifier::create("/nonexistent");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::NotFound);
    EXPECT_NE(made.error().message.find("run ./dev setup"), std::string::npos);
}

TEST_F(InstalledFire, AGreyPictureIsNoFire) {
    auto made = FireVerifier::create(copy_);
    ASSERT_TRUE(made) << made.error().describe();
    const Frame frame = grey(640, 360);
    const auto sure = (*made)->verify({&frame, 1}, {0, 0, 640, 360});
    ASSERT_TRUE(sure) << sure.error().describe();
    ASSERT_TRUE(*sure);
    EXPECT_LT(**sure, 0.5F);
}

TEST_F(InstalledFire, TooSmallAPartCannotBeToldNorCanAPictureWithoutPlanes) {
    auto made = FireVerifier::create(copy_);
    ASSERT_TRUE(made) << made.error().describe();
    const Frame frame = grey(160, 120);
    const auto small = (*made)->verify({&frame, 1}, {10, 10, 12, 12});
    ASSERT_TRUE(small);
    EXPECT_FALSE(*small);
    Frame empty;
    empty.width = 640;
    empty.height = 480;
    const auto nothing = (*made)->verify({&empty, 1}, {0, 0, 640, 480});
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(*nothing);
}

TEST_F(InstalledFire, ABrokenFileIsAClearError) {
    for (const auto& entry : fs::directory_iterator(copy_ / "fire")) {
        if (entry.path().extension() == ".onnx") {
            fs::resize_file(entry.path(), 1000);
        }
    }
    const auto made = FireVerifier::create(copy_);
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().message.find(".onnx"), std::string::npos);
}

TEST_F(InstalledFire, AnotherShapeIsAClearError) {
    edit_description("\"width\": 256", "\"width\": 224");
    const auto made = FireVerifier::create(copy_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Corrupt);
    EXPECT_NE(made.error().message.find("224x256"), std::string::npos);
}

TEST_F(InstalledFire, AnotherKindOfModelIsAClearError) {
    edit_description("\"classifier\"", "\"movenet\"");
    const auto made = FireVerifier::create(copy_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Corrupt);
}

}  // namespace
}  // namespace bongsu::verifiers::fire
