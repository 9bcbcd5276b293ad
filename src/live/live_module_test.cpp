// The hub with real encoded clips; what viewers get is read back by our own MP4 reader and decoded
// by ffmpeg.
#include "core/json.hpp"
#include "live/live_hub.hpp"
#include "live/metrics.hpp"
#include "live/testing/recording_sink.hpp"
#include "media/decoder/decoder.hpp"
#include "media/mp4/box_reader.hpp"
#include "media/mp4/fragment_reader.hpp"
#include "media/testing/clip.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::live {
namespace {

using testing::RecordingSink;
using testing::SentPicture;

const CameraId kCamera{"gate"};
const WallTime kStart{std::chrono::seconds{1'780'000'000}};

std::vector<AccessUnitPtr> film(media::testing::ClipSpec spec) {
    auto units = media::testing::make_units(spec, kCamera, kStart, [](int index, auto& picture) {
        media::testing::fill_luma(picture, index * 8, 40, 64, 64, 230);
    });
    EXPECT_TRUE(units) << units.error().describe();
    return *std::move(units);
}

std::vector<AccessUnitPtr> changed(
    const std::vector<AccessUnitPtr>& units, const std::function<void(AccessUnit&)>& change
) {
    std::vector<AccessUnitPtr> out;
    for (const AccessUnitPtr& unit : units) {
        auto copy = std::make_shared<AccessUnit>(*unit);
        change(*copy);
        out.push_back(std::move(copy));
    }
    return out;
}

struct Decoded {
    int frames = 0;
    std::string errors;
};

/// Decodes the bytes as one file with the ffmpeg program.
Decoded decode(const std::vector<std::uint8_t>& file) {
    std::string name = (std::filesystem::temp_directory_path() / "bongsu_live_XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    EXPECT_GE(descriptor, 0);
    close(descriptor);
    std::ofstream(name, std::ios::binary)
        .write(
            reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size())
        );
    const std::string command = "ffmpeg -nostdin -v warning -i " + name +
                                " -fps_mode passthrough -f framemd5 - 2>" + name +
                                ".err | grep -vc '^#' > " + name + ".out";
    EXPECT_GE(std::system(command.c_str()), 0);
    Decoded decoded;
    std::ifstream(name + ".out") >> decoded.frames;
    std::ifstream errors(name + ".err");
    decoded.errors = {std::istreambuf_iterator<char>(errors), {}};
    for (const char* suffix : {"", ".out", ".err"}) {
        std::filesystem::remove(name + suffix);
    }
    return decoded;
}

/// The fragments of a file as our own reader finds them.
std::vector<media::mp4::Fragment> fragments_of(const std::vector<std::uint8_t>& file) {
    std::vector<media::mp4::Fragment> found;
    media::mp4::BoxWalk walk{Bytes(file)};
    for (auto box = walk.next(); box && *box; box = walk.next()) {
        if ((*box)->type == media::mp4::fourcc("moov")) {
            EXPECT_TRUE(media::mp4::read_moov((*box)->payload));
        }
        if ((*box)->type == media::mp4::fourcc("moof")) {
            auto fragment = media::mp4::read_moof((*box)->payload);
            EXPECT_TRUE(fragment) << fragment.error().describe();
            found.push_back(*std::move(fragment));
        }
    }
    return found;
}

Value first_message(const RecordingSink& sink, std::string_view type) {
    for (const std::string& text : sink.texts()) {
        auto value = parse_json(text, "message");
        if (value && *value->find("type")->as_text() == type) {
            return *std::move(value);
        }
    }
    return {};
}

Value last_message(const RecordingSink& sink, std::string_view type) {
    Value last;
    for (const std::string& text : sink.texts()) {
        auto value = parse_json(text, "message");
        if (value && *value->find("type")->as_text() == type) {
            last = *std::move(value);
        }
    }
    return last;
}

/// Decodes what was sent as a stranger's player would.
void expect_left_half_black(const std::vector<std::uint8_t>& bytes) {
    std::string name = (std::filesystem::temp_directory_path() / "bongsu_masked_XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    ASSERT_GE(descriptor, 0);
    close(descriptor);
    std::ofstream(name, std::ios::binary)
        .write(
            reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())
        );
    const auto units = media::testing::read_units(name, kCamera, kStart);
    std::filesystem::remove(name);
    ASSERT_TRUE(units) << units.error().describe();
    media::Decoder decoder;
    for (const AccessUnitPtr& unit : *units) {
        const auto frame = decoder.decode(*unit);
        ASSERT_TRUE(frame && *frame);
        const Plane& luma = (*frame)->planes[0];
        for (int y = 0; y < luma.height; ++y) {
            const std::uint8_t* row = luma.data + static_cast<std::ptrdiff_t>(y) * luma.stride;
            ASSERT_LT(*std::max_element(row, row + luma.width / 2 - 1), 40) << "row " << y;
        }
    }
}

std::string text_of(const Value& value, std::string_view key) {
    const Value* member = value.find(key);
    return member != nullptr && member->as_text() != nullptr ? *member->as_text() : "(none)";
}

class LiveHubTest : public ::testing::Test {
protected:
    Result<std::vector<std::uint8_t>> encode(const Frame& frame) {
        ++encoded_;
        last_ = frame;
        return std::vector<std::uint8_t>{0xFF, 0xD8, static_cast<std::uint8_t>(frame.width / 16)};
    }

    void push(const std::vector<AccessUnitPtr>& units) {
        for (const AccessUnitPtr& unit : units) {
            hub_.push(unit);
        }
    }

    Subscription watch(
        const std::shared_ptr<RecordingSink>& sink,
        ViewerCapabilities capabilities = {},
        WantedRole role = StreamRole::Main
    ) {
        auto place = hub_.watch(kCamera, role, capabilities, sink);
        EXPECT_TRUE(place);
        return place ? *std::move(place) : Subscription{};
    }

    ManualClock clock_;
    Metrics metrics_;
    std::atomic<int> encoded_ = 0;
    Frame last_;
    LiveHub hub_{
        {},
        {.clock = clock_,
         .metrics = metrics_,
         .encode_jpeg = [this](const Frame& frame) { return encode(frame); }}
    };

    void SetUp() override { hub_.set_camera(kCamera, {}); }
};

TEST_F(LiveHubTest, StartsWithTheHeldGopAndGoesOnWithoutAGap) {
    const auto units = film({.frames = 75, .key_interval = 30});
    push({units.begin(), units.begin() + 45});
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    push({units.begin() + 45, units.end()});
    ASSERT_TRUE(sink->wait_for_pictures(1 + 45));
    const auto pictures = sink->pictures();
    EXPECT_EQ(pictures[0].kind, 1);
    EXPECT_TRUE(pictures[1].is_key());
    EXPECT_EQ(pictures[1].wall_us, units[30]->wall.time_since_epoch().count());
    const Decoded decoded = decode(sink->as_file());
    EXPECT_EQ(decoded.frames, 45);
    EXPECT_EQ(decoded.errors, "");
    const Value stream = first_message(*sink, "stream");
    EXPECT_EQ(text_of(stream, "kind"), "fmp4");
    EXPECT_TRUE(text_of(stream, "mime").starts_with("video/mp4; codecs=\"avc1."));
}

TEST_F(LiveHubTest, FragmentsLieOnTheCamerasOwnClockToTheTick) {
    const auto units = film({.fps = 15, .frames = 40, .key_interval = 20});
    push({units.begin(), units.begin() + 20});
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    push({units.begin() + 20, units.end()});
    ASSERT_TRUE(sink->wait_for_pictures(1 + 40));
    const auto fragments = fragments_of(sink->as_file());
    ASSERT_EQ(fragments.size(), 40U);
    const std::uint64_t first = fragments[0].decode_time;
    for (std::size_t i = 0; i < 40; ++i) {
        const auto& fragment = fragments[i];
        ASSERT_EQ(fragment.samples.size(), 1U);
        const auto shown = static_cast<std::int64_t>(fragment.decode_time - first) +
                           fragment.samples[0].composition_offset;
        EXPECT_EQ(shown, units[i]->media_time - units[0]->media_time);
        EXPECT_EQ(fragment.samples[0].is_key, units[i]->is_key);
        EXPECT_EQ(sink->pictures()[i + 1].decode_time, fragment.decode_time);
    }
}

TEST_F(LiveHubTest, BPicturesAreNotHeldBackAndDecodeInOrder) {
    const auto units = film({.fps = 25, .frames = 100, .key_interval = 25, .b_frames = 2});
    push({units.begin(), units.begin() + 25});
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    ASSERT_TRUE(sink->wait_for_pictures(1 + 25));
    for (std::size_t i = 25; i < units.size(); ++i) {
        hub_.push(units[i]);
        ASSERT_TRUE(sink->wait_for_pictures(1 + i + 1)) << "picture " << i << " was held back";
    }
    const Decoded decoded = decode(sink->as_file());
    EXPECT_EQ(decoded.frames, 100);
    EXPECT_EQ(decoded.errors, "");
    const auto fragments = fragments_of(sink->as_file());
    ASSERT_EQ(fragments.size(), 100U);
    const auto& first = fragments[0];
    const auto origin = static_cast<std::int64_t>(first.decode_time) +
                        first.samples[0].composition_offset - units[0]->media_time;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto& fragment = fragments[i];
        EXPECT_GE(fragment.samples[0].composition_offset, 0);
        const auto shown = static_cast<std::int64_t>(fragment.decode_time) +
                           fragment.samples[0].composition_offset;
        EXPECT_EQ(shown, units[i]->media_time + origin);
    }
}

TEST_F(LiveHubTest, TwoViewersGetTheSameBytesAndFragmentsAreMadeOnce) {
    const auto units = film({.frames = 60, .key_interval = 30});
    push({units.begin(), units.begin() + 40});
    const auto one = std::make_shared<RecordingSink>();
    const auto two = std::make_shared<RecordingSink>();
    const auto first = watch(one);
    ASSERT_TRUE(one->wait_for_pictures(1 + 10));
    const auto second = watch(two);
    push({units.begin() + 40, units.end()});
    ASSERT_TRUE(one->wait_for_pictures(1 + 30));
    ASSERT_TRUE(two->wait_for_pictures(1 + 30));
    EXPECT_EQ(one->as_file(), two->as_file());
    EXPECT_EQ(metrics_.counter(kFragments).value(), 30);
}

TEST_F(LiveHubTest, SlowViewerIsCutToTheNextKeyPictureAndTold) {
    const auto units = film({.frames = 90, .key_interval = 30});
    const auto slow = std::make_shared<RecordingSink>();
    const auto quick = std::make_shared<RecordingSink>();
    const auto one = watch(slow);
    const auto two = watch(quick);
    push({units.begin(), units.begin() + 10});
    ASSERT_TRUE(slow->wait_for_pictures(1 + 10));
    slow->pretend_queued(5'000'000);
    push({units.begin() + 10, units.begin() + 20});
    ASSERT_TRUE(quick->wait_for_pictures(1 + 20));
    slow->pretend_queued(0);
    push({units.begin() + 20, units.begin() + 60});
    ASSERT_TRUE(quick->wait_for_pictures(1 + 60));
    ASSERT_TRUE(slow->wait_for_pictures(1 + 10 + 30));
    const auto pictures = slow->pictures();
    EXPECT_FALSE(pictures[10].is_after_gap());
    EXPECT_TRUE(pictures[11].is_key());
    EXPECT_TRUE(pictures[11].is_after_gap());
    EXPECT_FALSE(pictures[12].is_after_gap());
    EXPECT_EQ(pictures[11].wall_us, units[30]->wall.time_since_epoch().count());
    EXPECT_EQ(metrics_.counter(kViewerCuts).value(), 1);
    EXPECT_EQ(decode(slow->as_file()).errors, "");
}

TEST_F(LiveHubTest, ChangedParametersBringANewStreamMessageAndInitSegment) {
    const auto small = film({.width = 320, .height = 180, .frames = 15, .key_interval = 15});
    const auto large = changed(film({.frames = 15, .key_interval = 15}), [](AccessUnit& unit) {
        unit.sequence += 15;
        unit.media_time += 90'000;
    });
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    push(small);
    push(large);
    ASSERT_TRUE(sink->wait_for_pictures(2 + 30));
    ASSERT_TRUE(sink->wait_for_texts(2));
    const auto pictures = sink->pictures();
    EXPECT_EQ(pictures[16].kind, 1);
    EXPECT_TRUE(pictures[17].is_key());
    EXPECT_GT(pictures[17].decode_time, pictures[15].decode_time);
    const auto last = parse_json(sink->texts().at(1), "message");
    EXPECT_EQ(*last->find("width")->as_integer(), 640);
    std::vector<std::uint8_t> second;
    for (std::size_t i = 16; i < pictures.size(); ++i) {
        second.insert(second.end(), pictures[i].payload.begin(), pictures[i].payload.end());
    }
    EXPECT_EQ(decode(second).frames, 15);
    EXPECT_EQ(decode(second).errors, "");
}

TEST_F(LiveHubTest, ReconnectedCameraContinuesOnTheSameTimeline) {
    const auto units = film({.frames = 30, .key_interval = 15});
    const auto again = changed(units, [](AccessUnit& unit) {
        unit.media_time += 4'000'000'000;  // a new session starts its RTP clock anywhere
        unit.wall += std::chrono::seconds{60};
    });
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    push(units);
    push({again.begin() + 1, again.end()});  // begins amid a GOP
    ASSERT_TRUE(sink->wait_for_pictures(1 + 30 + 15));
    const auto pictures = sink->pictures();
    EXPECT_TRUE(pictures[31].is_key());
    EXPECT_TRUE(pictures[31].is_after_gap());
    EXPECT_EQ(pictures[31].decode_time - pictures[30].decode_time, 6'000U);
    const Decoded decoded = decode(sink->as_file());
    EXPECT_EQ(decoded.frames, 45);
    EXPECT_EQ(decoded.errors, "");
}

TEST_F(LiveHubTest, ViewerWhoLeavesGetsNothingMore) {
    const auto units = film({.frames = 30, .key_interval = 15});
    const auto gone = std::make_shared<RecordingSink>();
    const auto stays = std::make_shared<RecordingSink>();
    const auto place = watch(stays);
    {
        const auto left = watch(gone);
        push({units.begin(), units.begin() + 10});
        ASSERT_TRUE(gone->wait_for_pictures(1 + 10));
    }
    push({units.begin() + 10, units.end()});
    ASSERT_TRUE(stays->wait_for_pictures(1 + 30));
    EXPECT_EQ(gone->pictures().size(), 11U);
    EXPECT_EQ(hub_.viewers(), 1U);
}

TEST_F(LiveHubTest, PageWithoutHevcGetsTheH264SubStream) {
    hub_.set_camera(kCamera, {.roles = {StreamRole::Main, StreamRole::Sub}});
    const auto main = film({.codec = Codec::H265, .frames = 10, .key_interval = 10});
    const auto sub =
        changed(film({.width = 320, .height = 180, .frames = 10, .key_interval = 10}), [](auto& u) {
            u.role = StreamRole::Sub;
        });
    push(main);
    push(sub);
    const auto old_page = std::make_shared<RecordingSink>();
    const auto new_page = std::make_shared<RecordingSink>();
    const auto one = watch(old_page, {.can_hevc = false});
    const auto two = watch(new_page, {.can_hevc = true});
    ASSERT_TRUE(old_page->wait_for_pictures(1 + 10));
    ASSERT_TRUE(new_page->wait_for_pictures(1 + 10));
    const Value told = first_message(*old_page, "stream");
    EXPECT_EQ(text_of(told, "role"), "sub");
    EXPECT_EQ(text_of(told, "note"), "hevc_unsupported_other_stream");
    EXPECT_TRUE(text_of(first_message(*new_page, "stream"), "mime").contains("hvc1.1."));
    EXPECT_EQ(decode(new_page->as_file()).frames, 10);
    EXPECT_EQ(decode(new_page->as_file()).errors, "");
}

TEST_F(LiveHubTest, PageWithoutHevcGetsJpegWhenThereIsNothingElse) {
    hub_.set_camera(kCamera, {.private_masks = {{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}});
    const auto units = film({.codec = Codec::H265, .fps = 15, .frames = 46, .key_interval = 15});
    const auto sink = std::make_shared<RecordingSink>();
    // Before it is known that it is H.265; single pictures are masked for everybody.
    const auto place = watch(sink, {.can_hevc = false, .may_unmask = true});
    for (std::size_t i = 0; i < units.size(); ++i) {
        hub_.push(units[i]);
        if (i % 15 == 0) {
            ASSERT_TRUE(sink->wait_for_pictures(1 + i / 15 * 5)) << i;
        }
    }
    ASSERT_TRUE(sink->wait_for_pictures(16));
    EXPECT_EQ(sink->pictures().size(), 16U);  // five per second of fifteen
    EXPECT_EQ(sink->pictures()[0].kind, 3);
    const Value told = first_message(*sink, "stream");
    EXPECT_EQ(text_of(told, "kind"), "jpeg");
    EXPECT_EQ(text_of(told, "note"), "hevc_unsupported_jpeg");
    EXPECT_EQ(last_.planes[0].data[180 * last_.planes[0].stride + 100], 16);  // masked
}

TEST_F(LiveHubTest, ViewersOfAMaskedCameraGetVideoInWhichTheAreaIsBlack) {
    for (const Codec codec : {Codec::H264, Codec::H265}) {
        const CameraId camera(codec == Codec::H264 ? "one" : "two");
        hub_.set_camera(camera, {.private_masks = {{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}});
        auto units = film({.codec = codec, .frames = 40, .key_interval = 15});
        for (AccessUnitPtr& unit : units) {
            auto own = std::make_shared<AccessUnit>(*unit);
            own->camera = camera;
            unit = std::move(own);
        }
        push({units.begin(), units.begin() + 5});
        const auto sink = std::make_shared<RecordingSink>();
        const auto place = hub_.watch(camera, {}, {.can_hevc = true}, sink);
        ASSERT_TRUE(place);
        push({units.begin() + 5, units.end()});
        ASSERT_TRUE(sink->wait_for_pictures(1 + 40));
        const Value told = first_message(*sink, "stream");
        EXPECT_EQ(text_of(told, "note"), "masked");
        EXPECT_TRUE(text_of(told, "mime").contains("avc1."));
        EXPECT_EQ(decode(sink->as_file()).frames, 40);
        EXPECT_EQ(decode(sink->as_file()).errors, "");
        expect_left_half_black(sink->as_file());
    }
}

TEST_F(LiveHubTest, AMaskDrawnWhileSomebodyLooksTakesEffectAtOnceButNotForWhoMayUnmask) {
    const auto units = film({.frames = 30, .key_interval = 30});
    const auto plain = std::make_shared<RecordingSink>();
    const auto agency = std::make_shared<RecordingSink>();
    const auto one = watch(plain);
    const auto two = watch(agency, {.may_unmask = true});
    push({units.begin(), units.begin() + 10});
    ASSERT_TRUE(plain->wait_for_pictures(1 + 10));
    hub_.set_camera(kCamera, {.private_masks = {{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}});
    ASSERT_TRUE(plain->wait_for_pictures(1 + 10 + 1 + 10));
    push({units.begin() + 10, units.end()});
    ASSERT_TRUE(plain->wait_for_pictures(1 + 10 + 1 + 30));
    ASSERT_TRUE(agency->wait_for_pictures(1 + 30));
    EXPECT_EQ(text_of(last_message(*plain, "stream"), "note"), "masked");
    EXPECT_EQ(text_of(last_message(*agency, "stream"), "note"), "");
}

TEST_F(LiveHubTest, BeyondTheBudgetMaskedCamerasShowKeyPicturesOnly) {
    std::vector<std::shared_ptr<RecordingSink>> sinks;
    std::vector<Result<Subscription>> places;
    for (int i = 0; i < 5; ++i) {
        const CameraId camera("masked-" + std::to_string(i));
        hub_.set_camera(camera, {.private_masks = {{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}});
        sinks.push_back(std::make_shared<RecordingSink>());
        places.push_back(hub_.watch(camera, {}, {.can_hevc = true}, sinks.back()));
        auto unit = std::make_shared<AccessUnit>(*film({.frames = 1}).front());
        unit->camera = camera;
        hub_.push(unit);
        ASSERT_TRUE(sinks.back()->wait_for_pictures(1)) << i;
    }
    EXPECT_EQ(text_of(first_message(*sinks[3], "stream"), "note"), "masked");
    EXPECT_EQ(text_of(first_message(*sinks[4], "stream"), "note"), "masked_jpeg_keys");
    EXPECT_EQ(sinks[4]->pictures()[0].kind, 3);
}

TEST_F(LiveHubTest, StillIsMadeOncePerKeyPictureWithPrivateAreasBlack) {
    hub_.set_camera(kCamera, {.private_masks = {{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}});
    EXPECT_EQ(hub_.still(kCamera, 320).error().kind, ErrorKind::Unavailable);
    const auto units = film({.frames = 31, .key_interval = 30});
    push({units.begin(), units.begin() + 10});
    const auto first = hub_.still(kCamera, 320);
    ASSERT_TRUE(first) << first.error().describe();
    EXPECT_EQ((*first)->at(2), 320 / 16);
    EXPECT_EQ(*hub_.still(kCamera, 320), *first);
    EXPECT_EQ(encoded_, 1);
    EXPECT_EQ(last_.width, 320);
    EXPECT_EQ(last_.height, 180);
    EXPECT_EQ(last_.planes[0].data[30 * last_.planes[0].stride + 10], 16);
    push({units.begin() + 10, units.end()});
    EXPECT_NE(*hub_.still(kCamera, 320), *first);
    EXPECT_EQ(hub_.still(CameraId("nowhere"), 320).error().kind, ErrorKind::NotFound);
}

TEST_F(LiveHubTest, ScenesGoToThoseWhoAskedAndASlowViewerGetsOnlyTheLatest) {
    const auto units = film({.frames = 12, .key_interval = 12});
    const auto plain = std::make_shared<RecordingSink>();
    const auto asked = std::make_shared<RecordingSink>();
    const auto one = watch(plain);
    const auto two = watch(asked, {.wants_overlays = true});
    push({units.begin(), units.begin() + 6});
    ASSERT_TRUE(asked->wait_for_pictures(1 + 6));
    std::array tracks{Track{
        .id = TrackId(7),
        .state = TrackState::Confirmed,
        .box = {10.04F, 20, 30, 40},
        .history = {},
        .appearance = {}
    }};
    Scene scene{
        .camera = kCamera,
        .time = kStart,
        .width = 640,
        .height = 360,
        .tracks = tracks,
        .quality = {}
    };
    hub_.overlay(scene);
    ASSERT_TRUE(asked->wait_for_texts(2));
    EXPECT_EQ(
        asked->texts()[1],
        R"({"type":"scene","wall_us":1780000000000000,"width":640,"height":360,)"
        R"("tracks":[{"id":7,"class":"person","box":[10,20,30,40],"state":"confirmed"}]})"
    );
    asked->pretend_queued(1'000'000);
    for (int i = 1; i <= 3; ++i) {
        scene.time = kStart + std::chrono::seconds{i};
        hub_.overlay(scene);
    }
    push({units[6]});
    ASSERT_TRUE(asked->wait_for_pictures(1 + 7));
    EXPECT_EQ(asked->texts().size(), 2U);
    asked->pretend_queued(0);
    push({units[7]});
    ASSERT_TRUE(asked->wait_for_pictures(1 + 8));
    ASSERT_EQ(asked->texts().size(), 3U);
    EXPECT_TRUE(asked->texts()[2].contains("1780000003000000"));
    EXPECT_EQ(plain->texts().size(), 1U);
}

TEST_F(LiveHubTest, LostCameraIsToldNowAndToThoseWhoComeLater) {
    const auto early = std::make_shared<RecordingSink>();
    const auto late = std::make_shared<RecordingSink>();
    const auto one = watch(early);
    hub_.state(
        kCamera, StreamRole::Main, {.signal = SignalState::Lost, .since = kStart, .detail = "cable"}
    );
    const auto two = watch(late);
    ASSERT_TRUE(early->wait_for_texts(1));
    ASSERT_TRUE(late->wait_for_texts(1));
    EXPECT_EQ(early->texts(), late->texts());
    EXPECT_EQ(text_of(first_message(*late, "state"), "state"), "lost");
    EXPECT_EQ(text_of(first_message(*late, "state"), "detail"), "cable");
}

TEST_F(LiveHubTest, RemovedCameraSaysSoAndIsUnknownAfterwards) {
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = watch(sink);
    hub_.remove_camera(kCamera);
    ASSERT_TRUE(sink->wait_for_texts(1));
    EXPECT_EQ(text_of(first_message(*sink, "state"), "state"), "removed");
    EXPECT_EQ(hub_.watch(kCamera, std::nullopt, {}, sink).error().kind, ErrorKind::NotFound);
}

TEST(LiveHubLimits, StreamsHoldOnlyTheirKeyPictureBeyondTheirBudget) {
    const auto units = film({.frames = 60, .key_interval = 30});
    std::int64_t key = static_cast<std::int64_t>(units[0]->bytes->size());
    ManualClock clock;
    Metrics metrics;
    LiveConfig config;
    config.held_bytes = key + 10;
    LiveHub hub(config, {.clock = clock, .metrics = metrics, .encode_jpeg = {}});
    hub.set_camera(kCamera, {});
    for (int i = 0; i < 20; ++i) {
        hub.push(units[static_cast<std::size_t>(i)]);
    }
    EXPECT_EQ(metrics.gauge(kHeldBytes).value(), static_cast<double>(key));
    EXPECT_EQ(metrics.counter(kHoldGivenUp).value(), 1);
    const auto sink = std::make_shared<RecordingSink>();
    const auto place = hub.watch(kCamera, StreamRole::Main, {}, sink);
    for (std::size_t i = 20; i < 40; ++i) {
        hub.push(units[i]);
    }
    ASSERT_TRUE(sink->wait_for_pictures(1 + 1 + 10));
    EXPECT_EQ(sink->pictures()[2].wall_us, units[30]->wall.time_since_epoch().count());
    EXPECT_TRUE(sink->pictures()[2].is_after_gap());
}

TEST(LiveHubLimits, RefusesMoreViewersThanConfigured) {
    ManualClock clock;
    Metrics metrics;
    LiveConfig config;
    config.viewers = 1;
    LiveHub hub(config, {.clock = clock, .metrics = metrics, .encode_jpeg = {}});
    hub.set_camera(kCamera, {});
    const auto sink = std::make_shared<RecordingSink>();
    auto first = hub.watch(kCamera, std::nullopt, {}, sink);
    ASSERT_TRUE(first);
    EXPECT_EQ(
        hub.watch(kCamera, std::nullopt, {}, sink).error().kind, ErrorKind::ResourceExhausted
    );
    first = Subscription{};
    EXPECT_TRUE(hub.watch(kCamera, std::nullopt, {}, sink));
}

}  // namespace
}  // namespace bongsu::live
