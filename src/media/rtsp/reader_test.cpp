#include "media/rtsp/reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

Bytes as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string frame(char channel, std::size_t size) {
    std::string out = "$";
    out += channel;
    out += static_cast<char>(size >> 8U);
    out += static_cast<char>(size & 0xFFU);
    out += '\x80';
    out.append(size - 1, 'x');
    return out;
}

/// Everything that the reader finds in `text` when it arrives `piece` bytes at a time. Payloads
/// dangle.
std::vector<RtspItem> read_all(RtspReader& reader, const std::string& text, std::size_t piece) {
    std::vector<RtspItem> items;
    std::string buffer;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        buffer += text.substr(at, piece);
        while (true) {
            auto step = reader.step(as_bytes(buffer));
            if (!step || (step->consumed == 0 && !step->item)) {
                break;
            }
            if (step->item) {
                items.push_back(std::move(*step->item));
            }
            buffer.erase(0, step->consumed);
        }
    }
    return items;
}

TEST(RtspReader, ReadsResponseWithBodyByteByByte) {
    RtspReader reader;
    const std::string text =
        "RTSP/1.0 200 OK\r\ncseq: 7\r\nContent-Length: 5\r\nSession: ab\r\n\r\nhello";
    const auto items = read_all(reader, text, 1);
    ASSERT_EQ(items.size(), 1U);
    const auto& response = std::get<RtspResponse>(items[0]);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.reason, "OK");
    EXPECT_EQ(response.headers.cseq(), 7U);
    EXPECT_EQ(response.body, "hello");
}

TEST(RtspReader, ReadsRequestFromCameraBetweenFrames) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    const std::string text =
        frame(0, 20) + "OPTIONS rtsp://h/x RTSP/1.0\r\nCSeq: 1\r\n\r\n" + frame(1, 8);
    const auto items = read_all(reader, text, 3);
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(std::get<RtspRequest>(items[1]).method, "OPTIONS");
    EXPECT_EQ(std::get<InterleavedFrame>(items[2]).channel, 1);
    EXPECT_EQ(reader.resyncs(), 0U);
}

TEST(RtspReader, ReadsARequestBehindAReportThatHoldsTheBeginOfAFrameByChance) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    std::string report = frame(1, 32);
    report.replace(12, 5, std::string("$\x00\x40\x00\x80", 5));  // would be a frame of 16 KiB
    const std::string text = report + "GET_PARAMETER rtsp://camera/ RTSP/1.0\r\nCSeq: 9\r\n\r\n";
    const auto items = read_all(reader, text, text.size());
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(std::get<RtspRequest>(items[1]).method, "GET_PARAMETER");
    EXPECT_EQ(reader.resyncs(), 0U);
}

TEST(RtspReader, ToleratesBareLineFeedsAndBlankLinesBetweenMessages) {
    RtspReader reader;
    const auto items = read_all(reader, "\r\n\nRTSP/1.0 404 Not Found\nCSeq:3\n\n", 4);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(std::get<RtspResponse>(items[0]).status, 404);
    EXPECT_EQ(std::get<RtspResponse>(items[0]).reason, "Not Found");
}

TEST(RtspReader, FindsTheNextFrameAfterBrokenFraming) {
    for (const std::size_t piece : {1U, 7U, 1000U}) {
        RtspReader reader;
        reader.expect_channels({0, 1});
        const std::string garbage = std::string("\x12garbage$\x05more $") + '\0' + "tail";
        const auto items =
            read_all(reader, frame(0, 30) + garbage + frame(0, 40) + frame(1, 12), piece);
        EXPECT_EQ(items.size(), 3U) << piece;
        EXPECT_EQ(reader.resyncs(), 1U) << piece;
        EXPECT_EQ(reader.skipped_bytes(), garbage.size()) << piece;
    }
}

TEST(RtspReader, DropsATornFrameAndKeepsThoseThatItReachesInto) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    std::string torn = frame('\0', 300);
    torn.resize(150);
    const std::string text = torn + frame('\0', 100) + frame('\1', 20) + frame('\0', 200) +
                             frame('\0', 50) + frame('\0', 60);
    const auto items = read_all(reader, text, text.size());
    ASSERT_EQ(items.size(), 5U) << "the torn frame itself must not be handed on";
    EXPECT_EQ(reader.resyncs(), 1U);
}

TEST(RtspReader, KeepsAWholeFrameBeforeGarbage) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    const std::string text =
        frame('\0', 100) + "\x01\x02garbage" + frame('\0', 50) + frame('\0', 9);
    EXPECT_EQ(read_all(reader, text, text.size()).size(), 3U);
}

TEST(RtspReader, FindsAResponseAfterBrokenFraming) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    const auto items = read_all(reader, "\x01\x02\x03RTSP/1.0 200 OK\r\nCSeq: 9\r\n\r\n", 2);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(std::get<RtspResponse>(items[0]).headers.cseq(), 9U);
}

TEST(RtspReader, GivesUpWhenNoFrameComesAnyMore) {
    RtspReader reader;
    reader.expect_channels({0, 1});
    const std::string garbage(64 * 1024, '\x01');
    bool failed = false;
    for (int i = 0; i < 20 && !failed; ++i) {
        failed = !reader.step(as_bytes(garbage));
    }
    EXPECT_TRUE(failed);
}

TEST(RtspReader, NamesWhatAPeerSentThatIsNotRtsp) {
    RtspReader reader;
    const std::string text = "SSH-2.0-OpenSSH_9.2p1\r\n";
    const auto step = reader.step(as_bytes(text));
    ASSERT_FALSE(step);
    EXPECT_EQ(step.error().kind, ErrorKind::Corrupt);
    EXPECT_NE(step.error().message.find("SSH-2.0-OpenSSH"), std::string::npos);

    const std::string http = "HTTP/1.1 400 Bad Request\r\n\r\n";
    ASSERT_FALSE(RtspReader().step(as_bytes(http)));
}

TEST(RtspReader, BoundsHeadHeadersAndBody) {
    const std::string endless = "RTSP/1.0 200 OK\r\nA: " + std::string(RtspReader::kMaxHead, 'a');
    EXPECT_FALSE(RtspReader().step(as_bytes(endless)));

    std::string many = "RTSP/1.0 200 OK\r\n";
    for (std::size_t i = 0; i <= RtspReader::kMaxHeaders; ++i) {
        many += "A: b\r\n";
    }
    EXPECT_FALSE(RtspReader().step(as_bytes(many + "\r\n")));

    const std::string big = "RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n";
    EXPECT_FALSE(RtspReader().step(as_bytes(big)));
    const std::string negative = "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n";
    EXPECT_FALSE(RtspReader().step(as_bytes(negative)));
}

}  // namespace
}  // namespace bongsu::media
