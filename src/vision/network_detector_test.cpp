#include "vision/network_detector.hpp"

#include "vision/testing/fake_network.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

struct Fixture {
    explicit Fixture(float smallest_person = 0.12F) {
        auto made = std::make_unique<FakeNetwork>(
            std::vector<Network::Size>{{320, 256}, {416, 416}, {640, 480}}
        );
        network = made.get();
        DetectorSettings settings;
        settings.smallest_person = smallest_person;
        detector = std::make_unique<NetworkDetector>(std::move(made), settings, clock, metrics);
    }

    ManualClock clock;
    Metrics metrics;
    FakeNetwork* network = nullptr;
    std::unique_ptr<NetworkDetector> detector;
};

void expect_near(const Box& found, const Box& expected, float tolerance) {
    EXPECT_NEAR(found.x, expected.x, tolerance);
    EXPECT_NEAR(found.y, expected.y, tolerance);
    EXPECT_NEAR(found.right(), expected.right(), tolerance);
    EXPECT_NEAR(found.bottom(), expected.bottom(), tolerance);
}

TEST(NetworkDetector, WholePictureMapsBoxesBack) {
    Fixture f;
    const Box block{100, 60, 40, 90};
    const auto found = f.detector->detect(frame_with_blocks(640, 360, {block}));
    ASSERT_TRUE(found) << found.error().describe();
    ASSERT_EQ(found->size(), 1u);
    expect_near((*found)[0].box, block, 3);
    EXPECT_EQ(f.network->inferences.size(), 1u);
}

TEST(NetworkDetector, TilesSeeEachObjectOnce) {
    Fixture f(0.02F);
    // The first stands across the seam of the tiles, the second in one tile only.
    const std::vector<Box> blocks{{620, 340, 40, 90}, {60, 80, 30, 60}};
    const auto found = f.detector->detect(frame_with_blocks(1280, 720, blocks));
    ASSERT_TRUE(found);
    EXPECT_GT(f.network->inferences.size(), 1u);
    EXPECT_EQ(found->size(), 2u);
}

TEST(NetworkDetector, RegionsOfSeveralCamerasShareOneInference) {
    Fixture f;
    const std::vector<Box> blocks{{100, 60, 20, 50}, {500, 200, 24, 60}, {300, 150, 20, 44}};
    std::vector<Frame> frames;
    std::vector<View> views;
    for (const Box& block : blocks) {
        frames.push_back(frame_with_blocks(640, 360, {block}));
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        views.push_back({&frames[i], padded(blocks[i], 30)});
    }
    const auto found = f.detector->detect_packed(views);
    ASSERT_TRUE(found);
    EXPECT_EQ(f.network->inferences.size(), 1u);
    ASSERT_EQ(found->size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_EQ((*found)[i].size(), 1u) << i;
        expect_near((*found)[i][0].box, blocks[i], 3);
    }
}

TEST(NetworkDetector, ManyRegionsUseSeveralInferencesAndLoseNone) {
    Fixture f;
    const Frame frame = frame_with_blocks(640, 360, {{300, 150, 40, 60}});
    const std::vector<View> views(40, View{&frame, Box{220, 90, 200, 180}});
    const auto found = f.detector->detect_packed(views);
    ASSERT_TRUE(found);
    EXPECT_GT(f.network->inferences.size(), 1u);
    for (const auto& list : *found) {
        EXPECT_EQ(list.size(), 1u);
    }
}

TEST(NetworkDetector, ALargeKnownObjectIsLookedForInASmallerInput) {
    Fixture f(0.06F);
    const Box block{200, 60, 80, 240};
    const Frame frame = frame_with_blocks(640, 360, {block});
    const View unknown{&frame, padded(block, 50), 0};
    const View known{&frame, padded(block, 50), block.h};
    for (const View& view : {unknown, known}) {
        const auto found = f.detector->detect_packed({&view, 1});
        ASSERT_TRUE(found);
        ASSERT_EQ((*found)[0].size(), 1u);
        expect_near((*found)[0][0].box, block, 240.F / kKnownRows * 4);
    }
    EXPECT_LT(f.network->inferences.back(), f.network->inferences.front());
}

TEST(NetworkDetector, ObjectCutByItsRegionIsNotReported) {
    Fixture f;
    const Frame frame = frame_with_blocks(640, 360, {{100, 60, 60, 90}});
    const View half{&frame, Box{130, 40, 100, 130}};
    const auto found = f.detector->detect_packed({&half, 1});
    ASSERT_TRUE(found);
    EXPECT_TRUE((*found)[0].empty());
}

TEST(NetworkDetector, ObjectAtThePicturesOwnEdgeIsReported) {
    Fixture f;
    const Frame frame = frame_with_blocks(640, 360, {{0, 60, 40, 90}});
    const std::vector<Box> motion{{0, 60, 40, 90}};
    const auto found = f.detector->detect(frame, motion);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 1u);
}

TEST(NetworkDetector, RegionsThatCoverMostOfThePictureBecomeOneLook) {
    Fixture f;
    const Frame frame = frame_with_blocks(640, 360, {{100, 60, 40, 90}});
    const std::vector<Box> motion{{10, 10, 600, 300}};
    ASSERT_TRUE(f.detector->detect(frame, motion));
    EXPECT_EQ(f.network->inferences.size(), 1u);
}

TEST(NetworkDetector, PictureWithoutPlanesIsAnError) {
    Fixture f;
    Frame empty;
    empty.camera = CameraId("gate");
    const auto found = f.detector->detect(empty);
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("gate"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::vision
