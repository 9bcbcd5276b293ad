#include "recording/marks.hpp"

#include "recording/segment_path.hpp"

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

SegmentHeader some_header() {
    return {
        .camera = CameraId("gate"),
        .organisation = OrganisationId("고양시"),
        .role = StreamRole::Sub,
        .start = WallTime{Duration{1'700'000'000'123'456}},
        .is_wall_estimated = true,
        .media_start = -5,
        .chain_before = Sha256().add("x").finish(),
    };
}

FragmentMark some_mark() {
    return {
        .start = WallTime{Duration{1}},
        .end = WallTime{Duration{2}},
        .lost_before = 3,
        .is_key = true,
        .chain = Sha256().add("y").finish(),
    };
}

TEST(Marks, HeaderAndMarkComeBackAsWritten) {
    EXPECT_EQ(decode_header(encode(some_header())).value(), some_header());
    EXPECT_EQ(decode_mark(encode(some_mark())).value(), some_mark());
}

TEST(Marks, CutOffOrOverlongBytesAreCorrupt) {
    auto header = encode(some_header());
    for (std::size_t size = 0; size < header.size(); ++size) {
        EXPECT_FALSE(decode_header(Bytes(header).first(size))) << size;
    }
    header.push_back(0);
    EXPECT_FALSE(decode_header(header));
    auto mark = encode(some_mark());
    for (std::size_t size = 0; size < mark.size(); ++size) {
        EXPECT_FALSE(decode_mark(Bytes(mark).first(size))) << size;
    }
    mark.push_back(0);
    EXPECT_FALSE(decode_mark(mark));
}

TEST(Marks, AbsurdTimesAreCorrupt) {
    SegmentHeader header = some_header();
    header.media_start = INT64_MIN;
    EXPECT_FALSE(decode_header(encode(header)));
    FragmentMark mark = some_mark();
    mark.end = WallTime{Duration{INT64_MAX}};
    EXPECT_FALSE(decode_mark(encode(mark)));
}

TEST(Marks, SeedDiffersByCameraRoleAndDay) {
    const Digest seed = chain_seed(CameraId("a"), StreamRole::Main, "2026-11-21");
    EXPECT_EQ(seed, chain_seed(CameraId("a"), StreamRole::Main, "2026-11-21"));
    EXPECT_NE(seed, chain_seed(CameraId("b"), StreamRole::Main, "2026-11-21"));
    EXPECT_NE(seed, chain_seed(CameraId("a"), StreamRole::Sub, "2026-11-21"));
    EXPECT_NE(seed, chain_seed(CameraId("a"), StreamRole::Main, "2026-11-22"));
}

TEST(Sha256, AgreesWithThePublishedExample) {
    // FIPS 180-4 example: the digest of "abc".
    const std::string expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const Digest digest = Sha256().add("a").add("bc").finish();
    EXPECT_EQ(to_hex(digest), expected);
    EXPECT_EQ(digest_from_hex(expected), digest);
    EXPECT_EQ(digest_from_hex(expected.substr(1)), std::nullopt);
    EXPECT_EQ(digest_from_hex("g" + expected.substr(1)), std::nullopt);
}

TEST(SegmentPath, IsSafeWhateverTheNames) {
    const StreamPlace place{.organisation = OrganisationId("../시"), .camera = CameraId("c1")};
    const WallTime start = parse_iso8601("2026-11-21T23:59:58.007Z").value();
    EXPECT_EQ(segment_path(place, start), "%2e%2e%2f%ec%8b%9c/c1/main/2026-11-21/235958_007.mp4");
    EXPECT_EQ(segment_path({}, start, 2), "_/_/main/2026-11-21/235958_007_2.mp4");
}

}  // namespace
}  // namespace bongsu::recording
