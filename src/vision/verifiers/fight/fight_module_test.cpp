// The installed head, absent, broken and sound. The last is skipped, with a line, when models are
// absent.
#include "vision/model_store.hpp"
#include "vision/verifiers/fight/fight.hpp"
#include "vision/verifiers/fight/motion.hpp"
#include "vision/verifiers/fight/strip.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'750'000'000}};

/// A folder of models that goes with the test.
class ModelsFolder {
public:
    ModelsFolder() {
        std::string path =
            (std::filesystem::temp_directory_path() / "bongsu-fight-XXXXXX").string();
        path_ = mkdtemp(path.data());
        std::filesystem::create_directories(path_ / "fight");
    }

    ~ModelsFolder() { std::filesystem::remove_all(path_); }

    ModelsFolder(const ModelsFolder&) = delete;
    ModelsFolder& operator=(const ModelsFolder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / "fight" / name) << text;
    }

    void describe(int numbers) const {
        write(
            "model.json",
            R"({"name": "fight", "variants": [{"file": "head.onnx", "tolerance": 0.001,
                "expected": {}, "numbers": )" +
                std::to_string(numbers) + "}]}"
        );
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(FightModel, AbsentSaysHowToInstall) {
    const auto made = Fight::create("/nowhere");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::NotFound);
    EXPECT_NE(made.error().message.find("./dev setup"), std::string::npos);
}

TEST(FightModel, ADamagedDescriptionIsCorrupt) {
    const ModelsFolder folder;
    folder.write("model.json", "{\"name\": \"fight\", ");
    const auto made = Fight::create(folder.path());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Corrupt);
}

TEST(FightModel, AHeadForOtherNumbersIsCorrupt) {
    const ModelsFolder folder;
    folder.describe(60);
    const auto made = Fight::create(folder.path());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Corrupt);
    EXPECT_NE(made.error().message.find("60"), std::string::npos);
}

class InstalledFight : public testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path models = vision::default_models_folder();
        if (!std::filesystem::exists(models / "fight/model.json")) {
            GTEST_SKIP() << "the model 'fight' is not installed in " << models
                         << ": run ./dev setup";
        }
        auto made = Fight::create(models);
        ASSERT_TRUE(made) << made.error().describe();
        fight_ = *std::move(made);
    }

    /// Two seconds of somebody with a texture at x, y from the middle before a still wall.
    template <class Way>
    static std::vector<Frame> film(const Way& way) {
        std::vector<Frame> frames;
        for (int i = 0; i < 20; ++i) {
            const auto [x, y] = way(i);
            WritableFrame picture = allocate_frame(320, 240);
            for (int row = 0; row < 240; ++row) {
                for (int column = 0; column < 320; ++column) {
                    const double dx = column - 160 - x;
                    const double dy = row - 120 - y;
                    const bool is_body = std::abs(dx) < 16 && std::abs(dy) < 40;
                    const double value = is_body
                                             ? 150 + 60 * std::sin(0.4 * dx) * std::cos(0.3 * dy)
                                             : 90 + 20 * std::sin(0.2 * column);
                    const int at = row * picture.frame.planes[0].stride + column;
                    picture.data[0][at] = static_cast<std::uint8_t>(value);
                }
            }
            picture.frame.wall = kStart + i * milliseconds{100};
            frames.push_back(picture.frame);
        }
        return frames;
    }

    static float sure(const std::vector<Frame>& frames) {
        auto head =
            vision::HeadModel::open(vision::default_models_folder(), "fight", Motion::kNumbers);
        const auto strip = cut_strip(choose(frames), {120, 80, 80, 80});
        EXPECT_TRUE(head && strip);
        const auto answer = head->probability(measure(*strip).numbers());
        EXPECT_TRUE(answer);
        return answer.value_or(-1);
    }

    std::unique_ptr<Verifier> fight_;
};

TEST_F(InstalledFight, IsSurerOfThrashingThanOfPassingByAndStanding) {
    const float thrash =
        sure(film([](int i) { return std::pair(14 * std::sin(1.9 * i), 6 * std::cos(2.3 * i)); }));
    EXPECT_GT(thrash, sure(film([](int i) { return std::pair(-30 + 3.0 * i, 0.0); })));
    EXPECT_LT(sure(film([](int) { return std::pair(0.0, 0.0); })), 0.1F);
}

TEST_F(InstalledFight, WhereNobodyIsNobodyFights) {
    const auto frames = film([](int i) { return std::pair(14 * std::sin(1.9 * i), 0.0); });
    for (const Box& where : {Box{0, 0, 320, 240}, Box{-40, -40, 100, 100}, Box{310, 230, 40, 40}}) {
        const auto answer = fight_->verify(frames, where);
        ASSERT_TRUE(answer) << answer.error().describe();
        EXPECT_EQ(*answer, 0.0F);
    }
}

TEST_F(InstalledFight, OnePictureSaysNothing) {
    const auto frames = film([](int) { return std::pair(0.0, 0.0); });
    const auto answer = fight_->verify(std::span(frames).last(1), {120, 80, 80, 80});
    ASSERT_TRUE(answer);
    EXPECT_FALSE(*answer);
}

}  // namespace
}  // namespace bongsu::verifiers::fight
