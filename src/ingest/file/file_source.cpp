// Plays a video file as if it were a camera.
#include "ingest/file/video_file.hpp"
#include "ingest/playback.hpp"
#include "ingest/registry.hpp"
#include "ingest/threaded_source.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace bongsu::ingest::file {
namespace {

constexpr std::string_view kScheme = "file://";

std::string path_of(const std::string& url) {
    return url.starts_with(kScheme) ? url.substr(kScheme.size()) : url;
}

/// Plays one file once or for ever. Time goes on from round to round.
class FilePlayer {
public:
    FilePlayer(
        VideoFile file,
        const Playback& playback,
        ThreadedSource::Stage& stage,
        const std::stop_token& stop
    )
        : file_(std::move(file)),
          playback_(playback),
          stage_(stage),
          stop_(stop),
          pacer_(playback, stage.clock()) {}

    Status play() {
        do {
            BONGSU_TRY(file_.codec() ? play_coded() : play_decoded());
            if (!has_played_) {
                return fail(ErrorKind::Corrupt, "the file holds no picture");
            }
            round_start_ = longest_ + file_.frame_duration();
            BONGSU_TRY(playback_.loops ? file_.rewind() : Status{});
        } while (playback_.loops && !stop_.stop_requested());
        return {};
    }

private:
    /// Waits until a picture is due. Nothing when the source is being stopped.
    std::optional<Duration> due(Duration time) {
        const Duration offset = round_start_ + time;
        longest_ = std::max(longest_, offset);
        has_played_ = true;
        return pacer_.wait(offset, stop_) ? std::optional{offset} : std::nullopt;
    }

    Status play_coded() {
        while (true) {
            BONGSU_ASSIGN(auto picture, file_.next_coded());
            if (!picture) {
                return {};
            }
            const auto offset = due(picture->time);
            if (!offset) {
                return {};
            }
            auto unit = std::make_shared<AccessUnit>();
            unit->camera = stage_.params().camera;
            unit->role = stage_.params().role;
            unit->is_key = picture->is_key;
            unit->media_time = offset->count() * 9 / 100;
            unit->wall = pacer_.wall(*offset);
            unit->is_wall_estimated = false;
            unit->arrived = stage_.clock().mono();
            unit->sequence = sequence_++;
            unit->parameters = std::move(picture->parameters);
            unit->bytes =
                std::make_shared<const std::vector<std::uint8_t>>(std::move(picture->bytes));
            stage_.deliver(std::move(unit));
        }
    }

    Status play_decoded() {
        while (true) {
            BONGSU_ASSIGN(auto picture, file_.next_decoded());
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

    VideoFile file_;
    const Playback& playback_;
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
    BONGSU_ASSIGN(VideoFile file, VideoFile::open(path_of(params.url)));
    StreamStatistics about;
    about.transport = "file (" + file.codec_name() + ")";
    about.codec = file.codec();
    about.width = static_cast<std::uint32_t>(file.width());
    about.height = static_cast<std::uint32_t>(file.height());
    auto shared = std::make_shared<VideoFile>(std::move(file));
    return std::make_unique<ThreadedSource>(
        std::move(params),
        listener,
        context,
        [playback, about, shared](ThreadedSource::Stage& stage, const std::stop_token& stop) {
            stage.begin(about);
            return FilePlayer(std::move(*shared), playback, stage, stop).play();
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
