// Pictures of incidents through the routes: real JPEG files, looked at as a browser would see them.
#include "annotation/picture.hpp"
#include "console/testing/test_console.hpp"
#include "incidents/snapshot_writer.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

namespace bongsu::console {
namespace {

using testing::Ask;
using testing::TestConsole;

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr std::uint8_t kBright = 200;
constexpr const char* kPicture = "2026-11-22/gate.jpg";

/// An evenly bright picture.
std::vector<std::uint8_t> bright_jpeg() {
    const WritableFrame made = allocate_frame(kWidth, kHeight);
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const Plane& about = made.frame.planes.at(plane);
        std::fill_n(
            made.data.at(plane),
            about.stride * about.height,
            plane == 0 ? kBright : std::uint8_t{128}
        );
    }
    return annotation::encode_jpeg(made.frame).value();
}

class IncidentMedia : public ::testing::Test {
protected:
    void SetUp() override {
        const auto path = console_.parts().snapshots / kPicture;
        std::filesystem::create_directories(path.parent_path());
        ASSERT_TRUE(annotation::write_file(path, bright_jpeg()));
        ASSERT_TRUE(annotation::write_file(
            console_.parts().snapshots / incidents::SnapshotWriter::marked_name(kPicture),
            bright_jpeg()
        ));
        Incident incident;
        incident.id = IncidentId("one");
        incident.kind = "intrusion";
        incident.camera = CameraId("gate");
        incident.organisation = OrganisationId("city");
        incident.opened = incident.started = console_.clock().wall();
        incident.snapshot = kPicture;
        ASSERT_TRUE(console_.parts().store.incidents().save(incident));
    }

    /// The picture as this user gets it, in grey.
    cv::Mat seen_by(const std::string& user, const std::string& purpose, bool is_marked = false) {
        const net::HttpResponse answer = console_.ask(
            user,
            std::string("/api/v1/incidents/one/snapshot") + (is_marked ? "?marked=true" : ""),
            {.purpose = purpose}
        );
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::string bytes = answer.body;
        if (answer.file) {
            std::ifstream stream(answer.file->path, std::ios::binary);
            bytes.assign(std::istreambuf_iterator<char>(stream), {});
        }
        const std::vector<std::uint8_t> jpeg(bytes.begin(), bytes.end());
        return jpeg.empty() ? cv::Mat() : cv::imdecode(jpeg, cv::IMREAD_GRAYSCALE);
    }

    static double brightness(const cv::Mat& picture, int from, int to) {
        return picture.empty() ? -1 : cv::mean(picture.colRange(from, to))[0];
    }

    TestConsole console_;
};

TEST_F(IncidentMedia, AMaskThatWasDrawnLaterHidesTheAreaInOldPicturesToo) {
    EXPECT_GT(brightness(seen_by("operator", "control"), 0, kWidth / 2), 190);
    console_.mask_left_half("gate");
    for (const bool is_marked : {false, true}) {
        const cv::Mat seen = seen_by("operator", "control", is_marked);
        EXPECT_LT(brightness(seen, 0, kWidth / 2), 1) << "marked: " << is_marked;
        EXPECT_GT(brightness(seen, kWidth / 2 + 8, kWidth), 190) << "marked: " << is_marked;
    }
}

TEST_F(IncidentMedia, WhoMayUnmaskSeesItForAReasonOnly) {
    console_.mask_left_half("gate");
    EXPECT_GT(brightness(seen_by("agency", "request:7"), 0, kWidth / 2), 190);
    EXPECT_LT(brightness(seen_by("agency", "control"), 0, kWidth / 2), 1);
}

}  // namespace
}  // namespace bongsu::console
