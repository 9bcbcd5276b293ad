#include "media/mp4/box_reader.hpp"
#include "media/mp4/file_scan.hpp"
#include "media/mp4/fragment_reader.hpp"
#include "media/mp4/fragment_writer.hpp"
#include "media/mp4/plain_writer.hpp"
#include "media/mp4/sample_times.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::media::mp4 {
namespace {

constexpr ScanMarks kMarks{.header = {1, 2, 3}, .trailer = {4, 5, 6}};

CodecParameters some_parameters() {
    return {
        .codec = Codec::H264, .width = 640, .height = 360, .decoder_config = {1, 77, 0, 30, 0xFF}
    };
}

void append(std::vector<std::uint8_t>& file, const std::vector<std::uint8_t>& bytes) {
    file.insert(file.end(), bytes.begin(), bytes.end());
}

/// A header and `fragments` fragments of three samples each; returns where each fragment ends.
std::vector<std::uint8_t> make_file(int fragments, std::vector<std::uint64_t>& ends) {
    std::vector<std::uint8_t> file = init_segment(some_parameters()).value();
    append(file, uuid_box(kMarks.header, std::vector<std::uint8_t>{42}));
    ends.push_back(file.size());
    const std::vector<Sample> samples{
        {100, 3600, 0, true}, {10, 3600, 3600, false}, {20, 3600, -3600, false}
    };
    for (int i = 0; i < fragments; ++i) {
        const auto sequence = static_cast<std::uint32_t>(i + 1);
        const auto time = static_cast<std::uint64_t>(i) * 10'800;
        append(
            file,
            fragment_head({.sequence = sequence, .decode_time = time, .samples = samples}).value()
        );
        append(file, std::vector<std::uint8_t>(130, static_cast<std::uint8_t>(i)));
        append(file, uuid_box(kMarks.trailer, std::vector<std::uint8_t>{7, 8}));
        ends.push_back(file.size());
    }
    return file;
}

TEST(Mp4Fragments, ReadBackAsWritten) {
    std::vector<std::uint64_t> ends;
    const auto file = make_file(3, ends);
    const auto scanned = scan_file(MemorySource(file), kMarks).value();
    EXPECT_EQ(scanned.torn, "");
    EXPECT_EQ(scanned.whole_size, file.size());
    EXPECT_EQ(scanned.parameters.width, 640U);
    EXPECT_EQ(scanned.parameters.decoder_config, some_parameters().decoder_config);
    EXPECT_EQ(scanned.header, std::vector<std::uint8_t>{42});
    ASSERT_EQ(scanned.fragments.size(), 3U);
    const ScannedFragment& last = scanned.fragments[2];
    EXPECT_EQ(last.fragment.sequence, 3U);
    EXPECT_EQ(last.fragment.decode_time, 21'600U);
    EXPECT_EQ(last.fragment.samples[2].composition_offset, -3600);
    EXPECT_TRUE(last.fragment.samples[0].is_key);
    EXPECT_FALSE(last.fragment.samples[1].is_key);
    EXPECT_EQ(file.at(last.data), 2U);
    EXPECT_EQ(last.media_end - last.data, 130U);
    EXPECT_EQ(last.trailer, (std::vector<std::uint8_t>{7, 8}));
}

TEST(Mp4Fragments, FileCutAnywhereKeepsItsWholeFragments) {
    std::vector<std::uint64_t> ends;
    const auto file = make_file(3, ends);
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto scanned = scan_file(MemorySource(Bytes(file).first(size)), kMarks);
        if (size < ends[0]) {
            EXPECT_FALSE(scanned) << size;
            continue;
        }
        ASSERT_TRUE(scanned) << size;
        const auto whole = std::ranges::upper_bound(ends, size) - ends.begin() - 1;
        EXPECT_EQ(scanned->fragments.size(), static_cast<std::size_t>(whole)) << size;
        EXPECT_EQ(scanned->whole_size, ends[static_cast<std::size_t>(whole)]) << size;
        EXPECT_EQ(scanned->torn.empty(), size == scanned->whole_size) << size;
    }
}

TEST(Mp4Fragments, ChangedByteNeverBreaksTheScanner) {
    std::vector<std::uint64_t> ends;
    auto file = make_file(2, ends);
    for (std::uint8_t& byte : file) {
        for (const std::uint8_t flip : std::vector<std::uint8_t>{0x01, 0x80, 0xFF}) {
            byte ^= flip;
            const auto scanned = scan_file(MemorySource(file), kMarks);
            EXPECT_TRUE(!scanned || scanned->whole_size <= file.size());
            byte ^= flip;
        }
    }
}

TEST(Mp4Fragments, RefuseNoSamplesAndNoDecoderConfiguration) {
    EXPECT_EQ(fragment_head({}).error().kind, ErrorKind::InvalidArgument);
    CodecParameters unknown = some_parameters();
    unknown.decoder_config.clear();
    EXPECT_EQ(init_segment(unknown).error().kind, ErrorKind::InvalidArgument);
}

TEST(Mp4Plain, PutsSamplesBehindTheHeadAndShowsFromTheEdit) {
    const std::vector<Sample> samples{
        {100, 3600, 0, true}, {10, 3600, 3600, false}, {20, 3600, -3600, false}
    };
    const CodecParameters parameters = some_parameters();
    const auto head =
        plain_head({.parameters = parameters, .samples = samples, .lead_in = 3600}).value();
    EXPECT_EQ(head.data_size, 130U);
    const auto moov = find_box(head.bytes, fourcc("moov"));
    // mdat is announced but its data are not there: the walk fails behind moov, not before.
    ASSERT_TRUE(moov);
    const auto stbl = find_box_path(*moov, {"trak", "mdia", "minf", "stbl"}).value();
    ByteReader chunks(find_box(stbl, fourcc("co64")).value());
    chunks.skip(8);
    EXPECT_EQ(chunks.u64(), head.bytes.size());
    ByteReader edit(find_box_path(*moov, {"trak", "edts", "elst"}).value());
    edit.skip(8);
    EXPECT_EQ(edit.u64(), 7200U);  // shown
    EXPECT_EQ(edit.u64(), 7200U);  // lead-in plus the shift that makes all offsets positive
}

TEST(Mp4Plain, RefusesToBeginWithoutKeyFrame) {
    const std::vector<Sample> samples{{10, 3600, 0, false}};
    const CodecParameters parameters = some_parameters();
    EXPECT_FALSE(plain_head({.parameters = parameters, .samples = samples}));
}

TEST(SampleTimes, WithoutReorderingDecodeWhenShown) {
    const std::vector<std::int64_t> shown{1000, 4600, 8200};
    const auto times = sample_times(shown, 12'000);
    EXPECT_EQ(times.decode_start, 1000);
    EXPECT_EQ(times.durations, (std::vector<std::uint32_t>{3600, 3600, 3800}));
    EXPECT_EQ(times.composition_offsets, (std::vector<std::int32_t>{0, 0, 0}));
}

TEST(SampleTimes, ReorderedPicturesKeepTheirPresentationTime) {
    const std::vector<std::int64_t> shown{0, 9000, 3000, 6000};
    const auto times = sample_times(shown, std::nullopt);
    std::int64_t decode = times.decode_start;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        EXPECT_EQ(decode + times.composition_offsets[i], shown[i]);
        decode += times.durations[i];
    }
    EXPECT_EQ(decode, 12'000);
}

TEST(SampleTimes, EqualTimesAreSpread) {
    const std::vector<std::int64_t> shown{500, 500, 500};
    const auto times = sample_times(shown, 500);
    EXPECT_TRUE(std::ranges::all_of(times.durations, [](std::uint32_t d) { return d >= 1; }));
}

TEST(SampleTimes, NothingIsDecodedBeforeTheEndOfTheFragmentBefore) {
    const std::vector<std::int64_t> shown{1000, 4600};
    const auto times = sample_times(shown, std::nullopt, 1500);
    EXPECT_EQ(times.decode_start, 1500);
    EXPECT_EQ(times.decode_start + times.composition_offsets[0], 1000);
}

}  // namespace
}  // namespace bongsu::media::mp4
