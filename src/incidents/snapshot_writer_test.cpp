#include "incidents/snapshot_writer.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

class Snapshots : public testing::Test {
protected:
    Snapshots() {
        std::string pattern = testing::TempDir() + "bongsu-snapshots-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        incident_.id = IncidentId{"i1"};
        frame_.wall = WallTime{std::chrono::seconds{1'750'000'000}};
    }

    ~Snapshots() override { std::filesystem::remove_all(folder_); }

    static PictureEncoders encoders() {
        return {
            .plain = [](const Frame&) -> Result<JpegBytes> { return JpegBytes{'p'}; },
            .marked = [](const Frame&,
                         const Incident&,
                         const BehaviourEvent&) -> Result<JpegBytes> { return JpegBytes{'m', 'm'}; }
        };
    }

    std::string read(const std::string& name) const {
        std::ifstream file(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder_;
    Incident incident_;
    Frame frame_;
};

TEST_F(Snapshots, StandByDayWithAMarkedOneBeside) {
    const auto name = SnapshotWriter(folder_, encoders()).write(incident_, {}, frame_);
    ASSERT_TRUE(name) << name.error().describe();
    EXPECT_EQ(*name, "2025-06-15/i1.jpg");
    EXPECT_EQ(read(*name), "p");
    EXPECT_EQ(read(SnapshotWriter::marked_name(*name)), "mm");
}

TEST_F(Snapshots, TheEvidenceStandsWithoutTheMarkedPicture) {
    PictureEncoders broken = encoders();
    broken.marked = [](const Frame&, const Incident&, const BehaviourEvent&) -> Result<JpegBytes> {
        return fail(ErrorKind::Internal, "no font");
    };
    const auto name = SnapshotWriter(folder_, broken).write(incident_, {}, frame_);
    ASSERT_TRUE(name);
    EXPECT_EQ(read(*name), "p");
}

TEST_F(Snapshots, AFolderThatCannotBeWrittenIsNamed) {
    std::ofstream(folder_ / "file") << "x";
    const auto name = SnapshotWriter(folder_ / "file", encoders()).write(incident_, {}, frame_);
    ASSERT_FALSE(name);
    EXPECT_EQ(name.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(name.error().message.find((folder_ / "file").string()), std::string::npos)
        << name.error().message;
}

}  // namespace
}  // namespace bongsu::incidents
