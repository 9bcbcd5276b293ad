#include "vision/model_store.hpp"

#include "vision/detector.hpp"

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

constexpr const char* kDescription = R"({
  "name": "m",
  "input": {"channels": "BGR", "dtype": "float32", "mean": [1, 2, 3], "scale": [0.5, 0.5, 0.5]},
  "decoder": {"family": "nanodet", "strides": [8, 16], "bins": 11, "classes": 80,
              "class_map": {"0": "person", "2": "car"}},
  "variants": [{"file": "a.onnx", "width": 416, "height": 416, "precision": "int8", "tolerance": 0.1,
                "expected": {"scores_8": {"count": 5, "mean": 0, "mean_abs": 1, "min": -1, "max": 1,
                                          "samples": [0, 1]}}}]
})";

TEST(ModelDescription, IsReadWhole) {
    const auto model = parse_model_description(kDescription, "/models/m");
    ASSERT_TRUE(model) << model.error().describe();
    EXPECT_EQ(model->variants.at(0).file, "/models/m/a.onnx");
    EXPECT_EQ(model->variants[0].expected.at("scores_8").samples.size(), 2u);
    EXPECT_EQ(model->class_map.at(2), "car");
    EXPECT_FLOAT_EQ(model->mean[2], 3);
}

TEST(ModelDescription, FilesOutsideTheFolderAreRefused) {
    std::string text = kDescription;
    text.replace(text.find("a.onnx"), 6, "../../x");
    EXPECT_FALSE(parse_model_description(text, "/models/m"));
}

TEST(ModelDescription, NetworkOfNumbersNeedsNoPicture) {
    const auto model = parse_model_description(
        R"({"name": "h", "variants": [{"file": "head.onnx", "numbers": 60, "tolerance": 0.001,
            "expected": {}}]})",
        "/models/h"
    );
    ASSERT_TRUE(model) << model.error().describe();
    EXPECT_EQ(model->variants.at(0).numbers, 60u);
    EXPECT_TRUE(model->decoder_family.empty());
}

TEST(ModelDescription, PictureNetworkWithoutSizeIsCorrupt) {
    std::string text = kDescription;
    text.replace(text.find("\"width\": 416, \"height\": 416"), 27, "\"numbers\": 60");
    EXPECT_FALSE(parse_model_description(text, "/models/m"));
}

TEST(ModelDescription, TruncatedTextIsCorrupt) {
    const auto model = parse_model_description(std::string_view(kDescription).substr(0, 200), "/m");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().kind, ErrorKind::Corrupt);
}

TEST(MakeDetector, WithoutModelsSaysHowToInstallThem) {
    detectors::Registry registry;
    detectors::register_all(registry);
    DetectorSettings settings;
    settings.models = "/nonexistent";
    SystemClock clock;
    Metrics metrics;
    const auto detector = make_detector(settings, registry, clock, metrics);
    ASSERT_FALSE(detector);
    EXPECT_EQ(detector.error().kind, ErrorKind::NotFound);
    EXPECT_NE(detector.error().message.find("run ./dev setup"), std::string::npos);
}

TEST(MakeDetector, UnknownNetworkNamesTheNearest) {
    detectors::Registry registry;
    detectors::register_all(registry);
    DetectorSettings settings;
    settings.network = "nanodett";
    SystemClock clock;
    Metrics metrics;
    const auto detector = make_detector(settings, registry, clock, metrics);
    ASSERT_FALSE(detector);
    EXPECT_NE(detector.error().message.find("nanodet"), std::string::npos);
}

TEST(DetectorSchema, DefaultsAgreeWithTheStruct) {
    const auto settings = detector_schema().parse(Value(Value::Map{}), "detector");
    ASSERT_TRUE(settings) << settings.error().describe();
    const DetectorSettings read = detector_settings(*settings);
    const DetectorSettings plain;
    EXPECT_EQ(read.network, plain.network);
    EXPECT_EQ(read.precision, plain.precision);
    EXPECT_FLOAT_EQ(read.min_score, plain.min_score);
    EXPECT_FLOAT_EQ(read.sure_score, plain.sure_score);
    EXPECT_FLOAT_EQ(read.smallest_person, plain.smallest_person);
}

}  // namespace
}  // namespace bongsu::vision
