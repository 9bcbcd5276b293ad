// Recorded films through the routes: real files, a real index, ffprobe as the judge.
#include "console/testing/test_console.hpp"
#include "media/decoder/decoder.hpp"
#include "media/testing/clip.hpp"
#include "recording/motion_search.hpp"
#include "recording/playback_reader.hpp"
#include "recording/recording.hpp"
#include "recording/sha256.hpp"
#include "recording/testing/film.hpp"
#include "scenelog/config.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using testing::Ask;
using testing::json_of;
using testing::TestConsole;

const CameraId kGate("gate");

std::string field(const net::HttpResponse& response, std::string_view name) {
    const std::string* value = net::find_field(response.headers, name);
    return value != nullptr ? *value : "(none)";
}

class PlaybackRoutes : public ::testing::Test {
protected:
    void SetUp() override {
        recording::RecordingConfig config;
        config.root = (folder_.path() / "recordings").string();
        config.segment = seconds{10};
        config.free_floor = 0;
        auto made = recording::Recording::create(
            config, console_.parts().store.segments(), console_.clock(), metrics_
        );
        ASSERT_TRUE(made) << made.error().describe();
        ASSERT_TRUE((*made)->add_camera(recording::testing::camera(kGate)));
        for (const auto& unit : recording::testing::film().play(kGate, start_, seconds{40})) {
            (*made)->push(unit);
        }
        (*made)->stop();
    }

    std::string at(int second) const { return to_iso8601(start_ + seconds{second}); }

    std::string span(int from, int to) const { return "from=" + at(from) + "&to=" + at(to); }

    net::HttpResponse get(const std::string& target, const std::string& purpose = "request:7") {
        return console_.ask("supervisor", target, {.purpose = purpose});
    }

    net::HttpResponse post(const std::string& target, const json::value& body) {
        return console_.ask(
            "supervisor",
            target,
            {.method = "POST", .body = json::serialize(body), .purpose = "request:7"}
        );
    }

    json::value wait_for(
        const std::string& target, const std::function<bool(const json::value&)>& is_done
    ) {
        json::value value = json_of(get(target));
        for (int i = 0; i < 500 && !is_done(value); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});  // a thread of the product
            value = json_of(get(target));
        }
        return value;
    }

    recording::testing::ProbeOutcome probe(const std::string& bytes) {
        const std::string file = (folder_.path() / "answer.mp4").string();
        std::ofstream(file, std::ios::binary) << bytes;
        return recording::testing::probe(file);
    }

    std::size_t audited(std::string_view action) {
        return static_cast<std::size_t>(std::ranges::count_if(
            console_.audit_lines(),
            [&](const std::string& line) { return line.contains(" " + std::string(action) + " "); }
        ));
    }

    static std::string read(const std::filesystem::path& path) {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    /// Decodes what was sent by libavformat, as a stranger's player would.
    void expect_left_half_black(const std::string& bytes, std::size_t pictures) {
        const std::string file = (folder_.path() / "masked.mp4").string();
        std::ofstream(file, std::ios::binary) << bytes;
        const auto units = media::testing::read_units(file, kGate, start_);
        ASSERT_TRUE(units) << units.error().describe();
        EXPECT_EQ(units->size(), pictures);
        EXPECT_EQ(units->front()->parameters->codec, Codec::H264);
        media::Decoder decoder;
        for (const AccessUnitPtr& unit : *units) {
            const auto frame = decoder.decode(*unit);
            ASSERT_TRUE(frame && *frame);
            const Plane& luma = (*frame)->planes[0];
            int brightest = 0;
            for (int y = 0; y < luma.height; ++y) {
                const std::uint8_t* row = luma.data + static_cast<std::ptrdiff_t>(y) * luma.stride;
                const int most = *std::max_element(row, row + luma.width / 2);
                brightest = std::max(brightest, most);
            }
            ASSERT_LT(brightest, 40);
        }
    }

    store::testing::TemporaryFolder folder_;
    Metrics metrics_;
    std::unique_ptr<recording::PlaybackReader> reader_;
    std::unique_ptr<recording::MotionSearch> search_;
    TestConsole console_{[this](ConsoleParts& parts) {
        parts.recordings = folder_.path() / "recordings";
        const std::string root = parts.recordings.string();
        reader_ = std::make_unique<recording::PlaybackReader>(root, parts.store.segments());
        search_ =
            std::make_unique<recording::MotionSearch>(root, parts.store.segments(), parts.clock);
        parts.playback = reader_.get();
        parts.motion_search = search_.get();
        parts.snapshots = folder_.path() / "snapshots";
    }};
    const WallTime start_ = console_.clock().wall() - seconds{60};
};

TEST_F(PlaybackRoutes, TimelineNamesSpansEventsAndActivity) {
    const IncidentId incident = console_.add_incident("gate", 4);
    console_.add_incident("plaza");
    const json::value answer = json_of(get("/api/v1/cameras/gate/recordings?" + span(-60, 120)));
    const auto& spans = answer.at("spans").as_array();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].at("from").as_string(), at(0));
    EXPECT_EQ(spans[0].at("to").as_string(), at(40));
    const auto& events = answer.at("events").as_array();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].at("incident").as_string(), incident.value());
    EXPECT_TRUE(events[0].at("to").is_null());
    EXPECT_EQ(answer.at("activity").at("motion").as_array().size(), 288U);
}

TEST_F(PlaybackRoutes, MediaIsOnePieceThatDecodesAndSaysWhereItGoesOn) {
    const auto answer = get("/api/v1/cameras/gate/media?" + span(5, 9));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(field(answer, "content-type").starts_with("video/mp4; codecs=\"avc1."));
    EXPECT_EQ(field(answer, "bongsu-media-base"), "0");
    EXPECT_EQ(field(answer, "bongsu-media-from"), at(5));
    EXPECT_EQ(field(answer, "bongsu-media-to"), at(9));
    EXPECT_EQ(field(answer, "bongsu-media-end"), "span");
    EXPECT_EQ(field(answer, "bongsu-media-next"), at(9));
    EXPECT_EQ(field(answer, "bongsu-media-size"), "320x180");
    EXPECT_EQ(probe(answer.body).frames, 100);
    EXPECT_EQ(probe(answer.body).errors, "");
    const auto last = get("/api/v1/cameras/gate/media?continue=true&" + span(38, 60));
    EXPECT_EQ(field(last, "bongsu-media-end"), "recorded");
    EXPECT_EQ(field(last, "bongsu-media-next"), "(none)");
    const auto fast = get("/api/v1/cameras/gate/media?keys_only=true&" + span(0, 40));
    EXPECT_EQ(probe(fast.body).frames, 40);
}

TEST_F(PlaybackRoutes, MediaNeedsAReasonAndEachStretchIsLoggedOnce) {
    const std::string target = "/api/v1/cameras/gate/media?";
    EXPECT_EQ(get(target + span(5, 9), "control").status, 403);
    const std::size_t before = audited("getMedia");
    EXPECT_EQ(get(target + span(5, 9)).status, 200);
    EXPECT_EQ(get(target + span(9, 13)).status, 200);
    EXPECT_EQ(audited("getMedia"), before + 1);
    EXPECT_EQ(get(target + span(9, 13), "request:8").status, 200);
    EXPECT_EQ(audited("getMedia"), before + 2);
    EXPECT_EQ(get(target + span(-4'000, -3'000)).status, 404);
    EXPECT_EQ(audited("getMedia"), before + 3);
}

TEST_F(PlaybackRoutes, MotionSearchRunsInTheBackgroundAndBelongsToItsUser) {
    const json::value body{
        {"camera", "gate"}, {"from", at(0)}, {"to", at(40)}, {"region", json::array{}}
    };
    const auto started = post("/api/v1/motion-searches", body);
    ASSERT_EQ(started.status, 202) << started.body;
    const std::string id(json_of(started).at("id").as_string());
    const json::value done = wait_for("/api/v1/motion-searches/" + id, [](const json::value& v) {
        return v.at("is_done").as_bool();
    });
    EXPECT_EQ(done.at("words").as_string(), "done");
    EXPECT_EQ(done.at("progress").to_number<double>(), 1);
    EXPECT_EQ(done.at("pictures").to_number<int>(), 40);
    EXPECT_EQ(console_.ask("privacy_officer", "/api/v1/motion-searches/" + id).status / 100, 4);
    json::value wrong = body;
    wrong.as_object()["region"] = json::array{json::array{0, 0}, json::array{2, 0}};
    EXPECT_EQ(post("/api/v1/motion-searches", wrong).status, 400);
}

TEST_F(PlaybackRoutes, ObjectsAndBoxesComeFromTheStoredScenes) {
    scenelog::SceneLogConfig config;
    config.root = (folder_.path() / "scenes").string();
    auto log = scenelog::SceneLog::create(config, console_.clock(), metrics_).value();
    scenelog::SceneReader reader(config.root);
    console_.parts().scenes = &reader;
    console_.parts().scene_log = log.get();
    for (int i = 0; i < 20; ++i) {
        const std::array tracks{Track{
            .id = TrackId(7),
            .state = TrackState::Confirmed,
            .score = 0.9F,
            .box = {100.0F + static_cast<float>(i), 50, 20, 40},
            .first_seen = start_,
            .last_seen = start_ + seconds{i},
            .history = {},
            .appearance = {}
        }};
        log->take(
            {.camera = kGate,
             .time = start_ + seconds{i},
             .width = 320,
             .height = 180,
             .has_detections = true,
             .tracks = tracks,
             .quality = {}}
        );
    }
    const json::value scenes = json_of(get("/api/v1/cameras/gate/scenes?" + span(5, 8)));
    EXPECT_EQ(scenes.at("width").as_int64(), 320);
    ASSERT_EQ(scenes.at("scenes").as_array().size(), 3U);
    const auto& track = scenes.at("scenes").at(0).at("tracks").at(0);
    EXPECT_EQ(track.at("id").to_number<int>(), 7);
    EXPECT_EQ(track.at("state").as_string(), "confirmed");
    const json::value timeline = json_of(get("/api/v1/cameras/gate/recordings?" + span(0, 40)));
    const auto& people = timeline.at("activity").at("people");
    EXPECT_EQ(people.at(0).to_number<int>(), 1);
    const auto started = post(
        "/api/v1/motion-searches",
        {{"camera", "gate"},
         {"from", at(0)},
         {"to", at(40)},
         {"kind", "objects"},
         {"region", json::array{}}}
    );
    ASSERT_EQ(started.status, 202) << started.body;
    const json::value done = wait_for(
        "/api/v1/motion-searches/" + std::string(json_of(started).at("id").as_string()),
        [](const json::value& v) { return v.at("is_done").as_bool(); }
    );
    ASSERT_EQ(done.at("moments").as_array().size(), 1U) << json::serialize(done);
    EXPECT_EQ(done.at("moments").at(0).at("time").as_string(), at(0));
    console_.parts().scenes = nullptr;
    console_.parts().scene_log = nullptr;
}

TEST_F(PlaybackRoutes, ExportIsAPlainFileWithItsHashInTheLog) {
    const auto created = post(
        "/api/v1/exports",
        {{"camera", "gate"}, {"from", at(3)}, {"to", at(23)}, {"note", "for the police"}}
    );
    ASSERT_EQ(created.status, 201) << created.body;
    const std::string id(json_of(created).at("id").as_string());
    const json::value list = wait_for("/api/v1/exports", [](const json::value& v) {
        return v.at("exports").at(0).at("state").as_string() != "making";
    });
    const auto& made = list.at("exports").at(0);
    EXPECT_EQ(made.at("state").as_string(), "ready") << json::serialize(made);
    EXPECT_EQ(made.at("purpose").as_string(), "request:7");
    const auto file = get("/api/v1/exports/" + id + "/file");
    ASSERT_TRUE(file.file);
    std::ifstream stream(file.file->path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    recording::Sha256 hash;
    EXPECT_EQ(made.at("sha256").as_string(), recording::to_hex(hash.add(bytes).finish()));
    EXPECT_EQ(probe(bytes).frames, 500);
    EXPECT_EQ(probe(bytes).errors, "");
    EXPECT_EQ(audited("createExport"), 1U);
    EXPECT_EQ(audited("exportMade"), 1U);
    EXPECT_EQ(audited("getExportFile"), 1U);
}

TEST_F(PlaybackRoutes, NoBytesOfAMaskedAreaLeaveWithoutTheRight) {
    console_.mask_left_half("gate");
    const auto piece = get("/api/v1/cameras/gate/media?" + span(5, 9));
    ASSERT_EQ(piece.status, 200) << piece.body;
    EXPECT_EQ(field(piece, "bongsu-media-note"), "masked");
    EXPECT_EQ(field(piece, "bongsu-media-from"), at(5));
    expect_left_half_black(piece.body, 75);
    const auto keys = get("/api/v1/cameras/gate/media?keys_only=true&" + span(0, 40));
    expect_left_half_black(keys.body, 40);
    const auto unmasked = console_.ask(
        "agency", "/api/v1/cameras/gate/media?" + span(5, 9), {.purpose = "request:7"}
    );
    EXPECT_EQ(field(unmasked, "bongsu-media-note"), "(none)");
    EXPECT_EQ(probe(unmasked.body).frames, 100);
    EXPECT_TRUE(std::ranges::any_of(console_.audit_lines(), [](const std::string& line) {
        return line.contains("agency getMedia camera:gate");
    }));
}

TEST_F(PlaybackRoutes, ContinuedPiecesOfAMaskedCameraFitTogether) {
    console_.mask_left_half("gate");
    const auto first = get("/api/v1/cameras/gate/media?" + span(5, 12));
    EXPECT_EQ(field(first, "bongsu-media-end"), "size");
    const std::string next = field(first, "bongsu-media-next");
    EXPECT_EQ(next, field(first, "bongsu-media-to"));
    const auto second =
        get("/api/v1/cameras/gate/media?continue=true&from=" + next + "&to=" + at(12));
    EXPECT_EQ(field(second, "bongsu-media-from"), next);
    expect_left_half_black(second.body, 75);
}

TEST_F(PlaybackRoutes, ExportsAndClipsOfMaskedCamerasAreMaskedToo) {
    console_.mask_left_half("gate");
    const auto created =
        post("/api/v1/exports", {{"camera", "gate"}, {"from", at(3)}, {"to", at(8)}});
    ASSERT_EQ(created.status, 201) << created.body;
    const std::string id(json_of(created).at("id").as_string());
    const json::value list = wait_for("/api/v1/exports", [](const json::value& v) {
        return v.at("exports").at(0).at("state").as_string() != "making";
    });
    const auto& made = list.at("exports").at(0);
    EXPECT_EQ(made.at("state").as_string(), "ready") << json::serialize(made);
    EXPECT_TRUE(made.at("masked").as_bool());
    const auto file = get("/api/v1/exports/" + id + "/file");
    ASSERT_TRUE(file.file);
    expect_left_half_black(read(file.file->path), 125);
    console_.clock().set_wall(start_ + seconds{20});
    const IncidentId incident = console_.add_incident("gate");
    console_.clock().set_wall(start_ + seconds{60});
    const auto clip = console_.get("operator", "/api/v1/incidents/" + incident.value() + "/clip");
    ASSERT_TRUE(clip.file) << clip.body;
    expect_left_half_black(read(clip.file->path), 15 * 25);
}

TEST_F(PlaybackRoutes, AnExportFromBeforeTheMasksIsNotHandedOut) {
    const auto created =
        post("/api/v1/exports", {{"camera", "gate"}, {"from", at(3)}, {"to", at(8)}});
    const std::string id(json_of(created).at("id").as_string());
    wait_for("/api/v1/exports", [](const json::value& v) {
        return v.at("exports").at(0).at("state").as_string() != "making";
    });
    EXPECT_EQ(get("/api/v1/exports/" + id + "/file").status, 200);
    console_.mask_left_half("gate");
    const auto refused = get("/api/v1/exports/" + id + "/file");
    EXPECT_EQ(refused.status / 100, 4);
    EXPECT_TRUE(refused.body.contains("privacy masks")) << refused.body;
}

TEST_F(PlaybackRoutes, TheTimelineIsLoggedOncePerDayOfRecordingNotPerQuestion) {
    const std::string target = "/api/v1/cameras/gate/recordings?";
    const std::size_t before = audited("getRecordings");
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(get(target + span(0, 40)).status, 200);
    }
    EXPECT_EQ(audited("getRecordings"), before + 1);
    EXPECT_EQ(get(target + span(0, 40), "request:8").status, 200);
    EXPECT_EQ(audited("getRecordings"), before + 2);
}

TEST_F(PlaybackRoutes, ExportOfNothingFailsWithWords) {
    ASSERT_EQ(
        post("/api/v1/exports", {{"camera", "gate"}, {"from", at(-900)}, {"to", at(-800)}}).status,
        201
    );
    const json::value list = wait_for("/api/v1/exports", [](const json::value& v) {
        return v.at("exports").at(0).at("state").as_string() != "making";
    });
    EXPECT_EQ(list.at("exports").at(0).at("state").as_string(), "failed");
    EXPECT_NE(list.at("exports").at(0).at("words").as_string(), "");
}

TEST_F(PlaybackRoutes, ClipOfAnIncidentIsMadeOnceAndPlays) {
    console_.clock().set_wall(start_ + seconds{20});
    const IncidentId incident = console_.add_incident("gate");
    console_.clock().set_wall(start_ + seconds{60});
    const std::string target = "/api/v1/incidents/" + incident.value() + "/clip";
    const auto first = console_.get("operator", target);
    ASSERT_EQ(first.status, 200) << first.body;
    ASSERT_TRUE(first.file);
    const auto probed = recording::testing::probe(first.file->path.string());
    EXPECT_EQ(probed.frames, 15 * 25);
    EXPECT_EQ(probed.errors, "");
    EXPECT_EQ(console_.get("operator", target).file->path, first.file->path);
    EXPECT_EQ(
        console_.audit_lines()[0],
        "operator getIncidentClip incident:" + incident.value() + " allowed"
    );
}

TEST_F(PlaybackRoutes, SnapshotIsTheStoredFileAndNothingOutsideItsFolder) {
    const auto with_picture = [&](const std::string& name) {
        Incident incident =
            console_.parts().store.incidents().get(console_.add_incident("gate")).value();
        incident.snapshot = name;
        EXPECT_TRUE(console_.parts().store.incidents().save(incident));
        return console_.get("operator", "/api/v1/incidents/" + incident.id.value() + "/snapshot");
    };
    std::filesystem::create_directories(folder_.path() / "snapshots" / "2026-09-22");
    std::ofstream(folder_.path() / "snapshots" / "2026-09-22" / "x.jpg") << "picture";
    std::ofstream(folder_.path() / "secret") << "secret";
    EXPECT_EQ(
        with_picture("2026-09-22/x.jpg").file->path,
        folder_.path() / "snapshots" / "2026-09-22" / "x.jpg"
    );
    EXPECT_EQ(with_picture("../secret").status, 404);
    EXPECT_EQ(with_picture("").status, 404);
    EXPECT_EQ(with_picture("2026-09-22/gone.jpg").status, 404);
}

}  // namespace
}  // namespace bongsu::console
