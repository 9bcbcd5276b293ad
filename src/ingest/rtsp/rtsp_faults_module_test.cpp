// The RTSP source against cameras that do not behave.
#include "ingest/testing/rtsp_watch.hpp"
#include "ingest/testing/scripted_camera.hpp"

#include <gtest/gtest.h>

namespace bongsu::ingest {
namespace {

using testing::CameraEnd;
using testing::ScriptedCamera;
using Record = testing::RecordingListener::Record;

class RtspFaults : public testing::RtspWatch {};

TEST_F(RtspFaults, SaysThatNobodyListens) {
    std::uint16_t port = 0;
    {
        const ScriptedCamera gone([](CameraEnd&, int) {});
        port = gone.port();
    }
    watch("rtsp://admin:secret@127.0.0.1:" + std::to_string(port) + "/live");
    expect_says(first_error(), ErrorKind::Unavailable, "cannot reach rtsp://");
}

TEST_F(RtspFaults, SaysThatTheHostIsUnknown) {
    watch("rtsp://no-such-host.invalid/live");
    expect_says(first_error(), ErrorKind::Unavailable, "cannot find the host");
}

TEST_F(RtspFaults, SaysThatNothingAnswers) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        while (end.read()) {
        }
    });
    watch(camera.url("/live", "admin:secret"));
    expect_says(first_error(), ErrorKind::Timeout, "did not answer OPTIONS within 0.5 s");
}

TEST_F(RtspFaults, SaysThatThePathIsWrong) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        while (const auto request = end.read()) {
            end.reply(*request, request->method == "OPTIONS" ? 200 : 404);
        }
    });
    watch(camera.url("/wrong", "admin:secret"));
    expect_says(first_error(), ErrorKind::NotFound, "404 Not Found to DESCRIBE");
    EXPECT_TRUE(listener_.copy().saw(StreamState::Failed));
}

TEST_F(RtspFaults, SaysThatThePeerIsNoCamera) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        end.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        end.read();
    });
    watch(camera.url());
    expect_says(first_error(), ErrorKind::Corrupt, "does not speak RTSP");
}

TEST_F(RtspFaults, NamesACodecThatItCannotTake) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        testing::serve_until_play(end, "m=video 0 RTP/AVP 26\r\na=rtpmap:26 JPEG/90000\r\n");
    });
    watch(camera.url());
    expect_says(first_error(), ErrorKind::Unsupported, "coded as JPEG");
}

TEST_F(RtspFaults, ComesBackAfterAReset) {
    const ScriptedCamera camera([this](CameraEnd& end, int connection) {
        if (!testing::serve_until_play(end)) {
            return;
        }
        end.send(testing::picture_frames(5, 100, 9000));
        if (connection == 1) {
            EXPECT_TRUE(wait_for_units(5));  // a reset discards what the client has not read
            end.reset();
            return;
        }
        while (end.read()) {
        }
    });
    watch(camera.url());
    ASSERT_TRUE(wait_for_units(10));
    const auto record = listener_.copy();
    EXPECT_TRUE(record.saw(StreamState::Lost));
    EXPECT_EQ(record.units[5]->sequence, 5U);
    EXPECT_TRUE(record.units[5]->is_key);
    EXPECT_GE(record.units[5]->lost_before, 1U);
    EXPECT_GT(record.units[5]->media_time, record.units[4]->media_time);
    EXPECT_EQ(record.units[5]->parameters, record.units[4]->parameters);
    EXPECT_EQ(ingest_.report().front().statistics.connects, 2U);
}

TEST_F(RtspFaults, NoticesAStall) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        if (testing::serve_until_play(end)) {
            end.send(testing::picture_frames(2, 1, 0));
            while (const auto request = end.read()) {
                end.reply(*request, 200);
            }
        }
    });
    watch(camera.url(), {{"stall_timeout", "1s"}});
    expect_says(first_error(), ErrorKind::Timeout, "sends no video, but still answers");
}

TEST_F(RtspFaults, NoticesThatNoKeyPictureComes) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        if (!testing::serve_until_play(end)) {
            return;
        }
        const std::string others = testing::picture_frames(200, 1, 0).substr(29);
        end.send(others);
        while (end.read()) {
        }
    });
    watch(camera.url(), {{"key_timeout", "1s"}});
    expect_says(first_error(), ErrorKind::Timeout, "completed no picture");
}

TEST_F(RtspFaults, FindsTheFramesAgainAfterGarbage) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        if (!testing::serve_until_play(end)) {
            return;
        }
        end.send(testing::picture_frames(3, 1, 0));
        end.send("\x01\x02garbage$$$\x07");
        end.send(testing::picture_frames(3, 4, 9000));
        end.send(testing::picture_frames(1, 7, 18000));
        while (end.read()) {
        }
    });
    watch(camera.url());
    ASSERT_TRUE(wait_for_units(6));
    EXPECT_FALSE(listener_.copy().saw(StreamState::Lost));
    ingest_.remove(CameraId{"gate"});
}

TEST_F(RtspFaults, FollowsARedirectToAnotherCamera) {
    const ScriptedCamera target([](CameraEnd& end, int) {
        if (testing::serve_until_play(end)) {
            end.send(testing::picture_frames(3, 1, 0));
            while (end.read()) {
            }
        }
    });
    const ScriptedCamera camera([&](CameraEnd& end, int) {
        while (const auto request = end.read()) {
            media::RtspHeaders headers;
            headers.add("Location", target.url("/moved"));
            end.reply(*request, request->method == "DESCRIBE" ? 302 : 200, headers);
        }
    });
    watch(camera.url());
    EXPECT_TRUE(wait_for_units(3));
}

TEST_F(RtspFaults, GivesUpOnRedirectsInACircle) {
    const ScriptedCamera camera([&](CameraEnd& end, int) {
        while (const auto request = end.read()) {
            media::RtspHeaders headers;
            headers.add(
                "Location", "rtsp://127.0.0.1" + request->url.substr(request->url.rfind(':'))
            );
            end.reply(*request, request->method == "DESCRIBE" ? 301 : 200, headers);
            if (request->method == "DESCRIBE") {
                return;
            }
        }
    });
    watch(camera.url());
    expect_says(first_error(), ErrorKind::Unavailable, "redirected more than 3 times");
}

TEST_F(RtspFaults, KeepsTheSessionAliveAndForgivesWrongNumbers) {
    std::atomic<int> alive{0};
    const ScriptedCamera camera([&](CameraEnd& end, int) {
        if (!testing::serve_until_play(end)) {
            return;
        }
        std::uint16_t sequence = 1;
        while (const auto request = end.read()) {
            if (request->method == "OPTIONS") {
                ++alive;
                EXPECT_EQ(*request->headers.find("Session"), "4711");
                end.send("RTSP/1.0 200 OK\r\nCSeq: 99999\r\n\r\n");
                end.send(testing::picture_frames(2, sequence, sequence * 9000U));
                sequence = static_cast<std::uint16_t>(sequence + 2);
            }
        }
    });
    watch(camera.url());  // the session's timeout of 2 s asks for one a second
    EXPECT_TRUE(wait_for_units(4));
    EXPECT_GE(alive, 2);
    EXPECT_FALSE(listener_.copy().saw(StreamState::Lost));
}

TEST_F(RtspFaults, ReconnectsWhenTheCameraForgetsTheSession) {
    const ScriptedCamera camera([&](CameraEnd& end, int) {
        if (testing::serve_until_play(end)) {
            end.send(testing::picture_frames(2, 1, 0));
            while (const auto request = end.read()) {
                end.reply(*request, 454);
            }
        }
    });
    watch(camera.url());
    expect_says(first_error(), ErrorKind::Unavailable, "has forgotten the session");
}

TEST_F(RtspFaults, NeverSetsUpAudio) {
    std::vector<std::string> set_up;
    {
        const ScriptedCamera camera([&](CameraEnd& end, int) {
            while (const auto request = end.read()) {
                media::RtspHeaders headers;
                if (request->method == "SETUP") {
                    set_up.push_back(request->url);
                    headers.add("Session", "1");
                    headers.add("Transport", "RTP/AVP/TCP;interleaved=0-1");
                }
                end.reply(
                    *request,
                    200,
                    headers,
                    request->method == "DESCRIBE" ? testing::h264_description() : ""
                );
                if (request->method == "PLAY") {
                    EXPECT_EQ(request->headers.find("Require"), nullptr);
                    end.send(testing::picture_frames(1, 1, 0));
                }
            }
        });
        watch(camera.url());
        EXPECT_TRUE(wait_for_units(1));
        ingest_.remove(CameraId{"gate"});
    }
    ASSERT_EQ(set_up.size(), 1U);
    EXPECT_TRUE(set_up.front().ends_with("/live/trackID=1")) << set_up.front();
}

TEST_F(RtspFaults, TakesLeaveWhenItIsStopped) {
    std::atomic<bool> has_left{false};
    {
        const ScriptedCamera camera([&](CameraEnd& end, int) {
            if (!testing::serve_until_play(end)) {
                return;
            }
            end.send(testing::picture_frames(1, 1, 0));
            while (const auto request = end.read()) {
                has_left = has_left || request->method == "TEARDOWN";
            }
        });
        watch(camera.url());
        EXPECT_TRUE(wait_for_units(1));
        ingest_.stop();
    }
    EXPECT_TRUE(has_left);
}

TEST_F(RtspFaults, RefusesWrongSettingsByName) {
    CameraConfig camera;
    camera.id = CameraId{"gate"};
    StreamConfig stream;
    stream.source = "rtps";
    stream.url = "rtsp://127.0.0.1/";
    auto added = ingest_.add(camera, stream, listener_);
    ASSERT_FALSE(added);
    EXPECT_NE(added.error().describe().find("did you mean 'rtsp'"), std::string::npos);
    stream.source = "rtsp";
    stream.settings = Value(Value::Map{{"trasport", "udp"}});
    added = ingest_.add(camera, stream, listener_);
    ASSERT_FALSE(added);
    EXPECT_NE(added.error().describe().find("transport"), std::string::npos);
    stream.settings = {};
    stream.url = "http://127.0.0.1/";
    EXPECT_FALSE(ingest_.add(camera, stream, listener_));
}

}  // namespace
}  // namespace bongsu::ingest
