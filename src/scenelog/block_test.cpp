#include "scenelog/block.hpp"

#include "scenelog/compact.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace bongsu::scenelog {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'772'409'600}};

StoredTrack person(std::uint64_t id, float x, std::uint32_t history) {
    return {
        .id = TrackId{id},
        .cls = ObjectClass::Person,
        .state = TrackState::Confirmed,
        .score = 0.83F,
        .box = {x, 300.25F, 40.5F, 100.125F},
        .first_seen = kStart,
        .last_seen = kStart,
        .is_observed = true,
        .is_stationary = false,
        .history_length = history,
    };
}

StoredScene scene_at(int ms, std::vector<StoredTrack> tracks) {
    StoredScene scene{.time = kStart + std::chrono::milliseconds{ms}};
    scene.width = 1280;
    scene.height = 720;
    scene.has_detections = true;
    scene.tracks = std::move(tracks);
    for (StoredTrack& track : scene.tracks) {
        track.last_seen = track.is_observed ? scene.time : track.last_seen;
    }
    return scene;
}

void expect_same(const StoredScene& a, const StoredScene& b) {
    EXPECT_EQ(a.time, b.time);
    EXPECT_EQ(a.time_uncertainty, b.time_uncertainty);
    EXPECT_EQ(a.width, b.width);
    EXPECT_EQ(a.height, b.height);
    EXPECT_EQ(a.signal, b.signal);
    EXPECT_EQ(a.level, b.level);
    EXPECT_EQ(a.has_detections, b.has_detections);
    EXPECT_EQ(a.tracks, b.tracks);
    ASSERT_EQ(a.quality.has_value(), b.quality.has_value());
    if (a.quality) {
        EXPECT_EQ(a.quality->mean_luma, b.quality->mean_luma);
        EXPECT_EQ(a.quality->background_similarity, b.quality->background_similarity);
        EXPECT_EQ(a.quality->change, b.quality->change);
        EXPECT_EQ(a.quality->is_identical, b.quality->is_identical);
    }
}

std::vector<std::uint8_t> write(const std::vector<StoredScene>& scenes) {
    BlockWriter writer;
    for (const StoredScene& scene : scenes) {
        writer.add(scene);
    }
    return writer.seal();
}

void expect_round_trip(const std::vector<StoredScene>& scenes) {
    const auto block = write(scenes);
    const auto head = read_block_head(block);
    ASSERT_TRUE(head) << head.error().message;
    const Bytes body = Bytes(block).subspan(kBlockHeadBytes);
    ASSERT_TRUE(is_intact(Bytes(block).first(kBlockHeadBytes), body));
    BlockReader reader(*head, body);
    for (const StoredScene& scene : scenes) {
        const auto read = reader.next();
        ASSERT_TRUE(read) << read.error().message;
        ASSERT_NE(*read, nullptr);
        expect_same(**read, scene);
    }
    EXPECT_EQ(*reader.next(), nullptr);
}

TEST(Crc32c, GivesTheCheckValueOfItsDefinition) {
    const std::string_view digits = "123456789";
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(digits.data());
    EXPECT_EQ(crc32c({bytes, digits.size()}), 0xE3069283U);
    EXPECT_EQ(crc32c({bytes + 4, 5}, crc32c({bytes, 4})), 0xE3069283U);
}

TEST(SceneBlock, GivesBackWhatWasWritten) {
    StoredScene quiet = scene_at(0, {});
    quiet.quality = ViewQuality{.mean_luma = 99.7F, .contrast = 33.3F, .is_identical = true};
    StoredScene lost = scene_at(900, {});
    lost.signal = SignalState::Lost;
    lost.has_detections = false;
    lost.time_uncertainty = std::chrono::milliseconds{40};
    lost.level = TriageLevel::T3;
    expect_round_trip({quiet, scene_at(200, {person(7, 100, 1)}), scene_at(400, {}), lost});
}

TEST(SceneBlock, FollowsTracksThatComeGoAndChange) {
    StoredTrack hidden = person(3, 55, 4);
    hidden.state = TrackState::Lost;
    hidden.is_observed = false;
    hidden.last_seen = kStart + std::chrono::milliseconds{200};
    StoredTrack bag = person(3, 56, 5);
    bag.cls = ObjectClass::Bag;
    StoredTrack full = person(3, 57, 5);
    StoredTrack cut = person(3, 58, 2);
    StoredTrack reborn = person(3, 59, 1);
    reborn.first_seen = kStart + std::chrono::milliseconds{900};
    expect_round_trip({
        scene_at(0, {person(3, 54.3F, 2), person(900'000'000'000, 1, 1)}),
        scene_at(200, {person(3, 54.9F, 3)}),
        scene_at(400, {hidden}),
        scene_at(600, {person(1, 5, 9), bag}),
        scene_at(700, {full, person(2, 4, 1)}),
        scene_at(800, {cut}),
        scene_at(900, {reborn}),
    });
}

RC_GTEST_PROP(SceneBlock, GivesBackAnyScenes, ()) {
    const auto count = *rc::gen::inRange(1, 20);
    std::vector<StoredScene> scenes;
    int ms = 0;
    for (int i = 0; i < count; ++i) {
        std::vector<StoredTrack> tracks;
        const auto present = *rc::gen::container<std::vector<bool>>(8, rc::gen::arbitrary<bool>());
        for (std::size_t id = 1; id <= present.size(); ++id) {
            if (!present[id - 1]) {
                continue;
            }
            StoredTrack track =
                person(id, static_cast<float>(*rc::gen::inRange(0, 100'000)) / 77, 0);
            track.history_length = static_cast<std::uint32_t>(*rc::gen::inRange(0, 4));
            track.is_observed = *rc::gen::arbitrary<bool>();
            track.state = static_cast<TrackState>(*rc::gen::inRange(0, 3));
            track.cls = static_cast<ObjectClass>(*rc::gen::inRange(0, 3));
            track.score = static_cast<float>(*rc::gen::inRange(0, 1000)) / 1000;
            tracks.push_back(track);
        }
        ms += *rc::gen::inRange(0, 5000);
        scenes.push_back(scene_at(ms, std::move(tracks)));
        scenes.back().width = *rc::gen::element(640, 1280);
    }
    expect_round_trip(scenes);
    RC_SUCCEED();
}

TEST(SceneBlock, RefusesEveryChangedByte) {
    auto block = write({scene_at(0, {person(1, 10, 1)}), scene_at(200, {person(1, 20, 2)})});
    for (std::size_t i = 0; i < block.size(); ++i) {
        block[i] ^= 0x10U;
        const Bytes bytes(block);
        EXPECT_FALSE(is_intact(bytes.first(kBlockHeadBytes), bytes.subspan(kBlockHeadBytes)))
            << "byte " << i;
        block[i] ^= 0x10U;
    }
}

TEST(SceneBlock, EndsCleanlyWhereTheBytesEnd) {
    const auto block = write({scene_at(0, {person(1, 10, 1)}), scene_at(200, {person(1, 20, 2)})});
    const auto head = read_block_head(block);
    ASSERT_TRUE(head);
    for (std::size_t size = 0; size + kBlockHeadBytes < block.size(); ++size) {
        BlockReader reader(*head, Bytes(block).subspan(kBlockHeadBytes, size));
        auto read = reader.next();
        while (read && *read != nullptr) {
            read = reader.next();
        }
        EXPECT_FALSE(read) << size;
        EXPECT_EQ(read.error().kind, ErrorKind::Corrupt);
    }
}

TEST(SceneBlock, ABusySceneTakesFewBytes) {
    BlockWriter writer;
    for (int i = 0; i < 100; ++i) {
        std::vector<StoredTrack> tracks;
        for (int t = 0; t < 6; ++t) {
            const float x = 100.0F * static_cast<float>(t) + 1.37F * static_cast<float>(i);
            tracks.push_back(person(static_cast<std::uint64_t>(t) + 1, x, 1U + i));
        }
        writer.add(scene_at(i * 200, std::move(tracks)));
    }
    EXPECT_LT(writer.size(), 100U * 6 * 20);
}

}  // namespace
}  // namespace bongsu::scenelog
