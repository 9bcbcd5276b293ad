// Plays a video file as if it were a camera.
#include "ingest/file/decoded_file.hpp"
#include "ingest/playback.hpp"
#include "ingest/registry.hpp"
#include "ingest/threaded_source.hpp"
#include "media/container/container_reader.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace bongsu::ingest::file {
namespace {

constexpr std::string_view kScheme = "file://";
constexpr Duration kGapBetweenRounds = std::chrono::milliseconds{40};

/// H.264 and H.265 are passed on, everything else is decoded.
using VideoFile = std::variant<media::ContainerReader, DecodedFile>;

Result<VideoFile> open_file(const std::string& path) {
    auto coded = media::ContainerReader::open(path);
    if (coded) {
        return *std::move(coded);
    }
    if (coded.error().kind != ErrorKind::Unsupported) {
        return fail(std::move(coded).error());
    }
    BONGSU_ASSIGN(DecodedFile decoded, DecodedFile::open(path));
    return decoded;
}

StreamStatistics describe(const VideoFile& file) {
    StreamStatistics about;
    if (const auto* coded = std::get_if<media::ContainerReader>(&file)) {
        about.transport = "file";
        about.codec = coded->parameters()->codec;
        about.width = coded->parameters()->width;
        about.height = coded->parameters()->height;
    } else {
        about.transport = "file (" + std::get<DecodedFile>(file).codec_name() + ", decoded)";
    }
    return about;
}

/// Plays one file once or for ever. Time goes on from round to round.
class FilePlayer {
public:
    FilePlayer(
        std::string path,
        const Playback& playback,
        ThreadedSource::Stage& stage,
        const std::stop_token& stop
    )
        : path_(std::move(path)),
          playback_(playback),
          stage_(stage),
          stop_(stop),
          pacer_(playback, stage.clock()) {}

    Status play(VideoFile file) {
        while (true) {
            auto* coded = std::get_if<media::ContainerReader>(&file);
            BONGSU_TRY(
                coded != nullptr ? play_coded(*coded) : play_decoded(std::get<DecodedFile>(file))
            );
            if (!has_played_) {
                return fail(ErrorKind::Corrupt, "'" + path_ + "' holds no picture");
            }
            if (!playback_.loops || stop_.stop_requested()) {
                return {};
            }
            round_start_ = longest_ + kGapBetweenRounds;
            BONGSU_ASSIGN(file, open_file(path_));
        }
    }

private:
    /// Waits until a picture is due. Nothing when the source is being stopped.
    std::optional<Duration> due(Duration time) {
        const Duration offset = round_start_ + time;
        longest_ = std::max(longest_, offset);
        has_played_ = true;
        return pacer_.wait(offset, stop_) ? std::optional{offset} : std::nullopt;
    }

    Status play_coded(media::ContainerReader& file) {
        while (true) {
            BONGSU_ASSIGN(auto coded, file.next());
            if (!coded) {
                return {};
            }
            // Pictures that are shown late (B-frames) are sent when they are decoded.
            const Duration shown{coded->media_time * 100 / 9};
            if (!due(Duration{coded->decode_time * 100 / 9})) {
                return {};
            }
            auto unit = std::make_shared<AccessUnit>();
            unit->camera = stage_.params().camera;
            unit->role = stage_.params().role;
            unit->is_key = coded->is_key;
            unit->media_time = (round_start_ + shown).count() * 9 / 100;
            unit->wall = pacer_.wall(round_start_ + shown);
            unit->is_wall_estimated = false;
            unit->arrived = stage_.clock().mono();
            unit->sequence = sequence_++;
            unit->parameters = file.parameters();
            unit->bytes = std::move(coded->bytes);
            stage_.deliver(std::move(unit));
        }
    }

    Status play_decoded(DecodedFile& file) {
        while (true) {
            BONGSU_ASSIGN(auto picture, file.next());
            if (!picture) {
                return {};
            }
            const auto offset = due(picture->time);
            if (!offset) {
                return {};
            }
            picture->frame.camera = stage_.params().camera;
            picture->frame.wall = pacer_.wall(*offset);
            picture->frame.arrived = stage_.clock().mono();
            stage_.deliver(std::move(picture->frame), picture->coded_bytes);
        }
    }

    std::string path_;
    Playback playback_;
    ThreadedSource::Stage& stage_;
    const std::stop_token& stop_;
    Pacer pacer_;
    Duration round_start_{};
    Duration longest_{};
    bool has_played_ = false;
    std::uint64_t sequence_ = 0;
};

Result<std::unique_ptr<Source>> make_source(
    SourceParams params, SourceListener& listener, SourceContext& context
) {
    BONGSU_ASSIGN(const Playback playback, Playback::from(params.settings));
    const std::string path =
        params.url.starts_with(kScheme) ? params.url.substr(kScheme.size()) : params.url;
    BONGSU_ASSIGN(VideoFile file, open_file(path));
    // std::function wants what it holds to be copyable.
    auto shared = std::make_shared<VideoFile>(std::move(file));
    return std::make_unique<ThreadedSource>(
        std::move(params),
        listener,
        context,
        [playback, path, shared](ThreadedSource::Stage& stage, const std::stop_token& stop) {
            stage.begin(describe(*shared));
            return FilePlayer(path, playback, stage, stop).play(std::move(*shared));
        }
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add({
        .name = "file",
        .help =
            "A video file. H.264 and H.265 are taken as they are; everything else is decoded and "
            "cannot be recorded.",
        .schema = SettingsSchema(Playback::fields()),
        .make = make_source,
    });
}

}  // namespace bongsu::ingest::file
