// The installed model on a real picture. Skipped, with a line, when models or the sample video are
// absent.
#include "vision/detector.hpp"
#include "vision/model_store.hpp"
#include "vision/testing/sample_film.hpp"

#include <algorithm>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

class InstalledModel : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        const std::filesystem::path folder = default_models_folder();
        if (!std::filesystem::exists(folder / "nanodet-416/model.json")) {
            GTEST_SKIP() << "models are not installed in " << folder << ": run ./dev setup";
        }
        if (!std::filesystem::exists(kSampleFilm)) {
            GTEST_SKIP() << kSampleFilm << " is absent: apt-get install opencv-doc";
        }
        detectors::register_all(registry_);
        DetectorSettings settings;
        settings.precision = GetParam();
        auto made = make_detector(settings, registry_, clock_, metrics_);
        ASSERT_TRUE(made) << made.error().describe();
        detector_ = std::move(*made);
    }

    detectors::Registry registry_;
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<Detector> detector_;
};

/// Four people that everybody sees in frame 13 (tests/data/vtest_labels.csv).
constexpr Box kPeople[] = {
    {335, 202, 31, 84},
    {452, 171, 27, 77},
    {508, 238, 46, 87},
    {728, 294, 40, 113},
};

int people_found(const std::vector<Detection>& found) {
    int count = 0;
    for (const Box& person : kPeople) {
        for (const Detection& detection : found) {
            if (detection.cls == ObjectClass::Person && iou(detection.box, person) > 0.5F) {
                ++count;
                break;
            }
        }
    }
    return count;
}

TEST_P(InstalledModel, FindsPeopleInTheWholePicture) {
    const auto frame = sample_picture(13);
    ASSERT_TRUE(frame);
    const auto found = detector_->detect(*frame);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_EQ(people_found(*found), 4);
    EXPECT_LT(found->size(), 12u);
}

TEST_P(InstalledModel, FindsTheSamePeopleInPackedRegions) {
    const auto frame = sample_picture(13);
    ASSERT_TRUE(frame);
    const auto found = detector_->detect(*frame, kPeople);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_GE(people_found(*found), 3);
}

TEST_P(InstalledModel, FindsNothingInAGreyPicture) {
    WritableFrame grey = allocate_frame(640, 360);
    std::fill_n(grey.data[0], 640 * 360 * 3 / 2, std::uint8_t{128});
    const auto found = detector_->detect(grey.frame);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty());
}

INSTANTIATE_TEST_SUITE_P(Precisions, InstalledModel, testing::Values("int8", "fp32"));

}  // namespace
}  // namespace bongsu::vision
