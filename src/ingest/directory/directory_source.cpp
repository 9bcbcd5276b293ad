// Plays the numbered pictures of a folder (such as img1 of MOTChallenge) as if they came from a
// camera.
#include "ingest/directory/picture_folder.hpp"
#include "ingest/playback.hpp"
#include "ingest/registry.hpp"
#include "ingest/threaded_source.hpp"

#include <memory>
#include <string>
#include <utility>

namespace bongsu::ingest::directory {
namespace {

struct DirectorySettings {
    Playback playback;
    double fps = 25;

    static SettingsSchema schema() {
        auto fields = Playback::fields();
        FieldSpec fps;
        fps.name = "fps";
        fps.type = FieldType::Number;
        fps.fallback = 25.0;
        fps.min = 0.01;
        fps.max = 240;
        fps.unit = "1/s";
        fps.help = "Pictures a second.";
        fields.push_back(fps);
        return SettingsSchema(std::move(fields));
    }
};

Status play(
    const PictureFolder& folder,
    const DirectorySettings& settings,
    ThreadedSource::Stage& stage,
    const std::stop_token& stop
) {
    StreamStatistics about;
    about.transport = "directory";
    stage.begin(about);
    const Pacer pacer(settings.playback, stage.clock());
    std::size_t shown = 0;
    do {
        for (std::size_t i = 0; i < folder.size(); ++i) {
            BONGSU_ASSIGN(auto picture, folder.read(i));
            const Duration offset = from_seconds(static_cast<double>(shown++) / settings.fps);
            if (!pacer.wait(offset, stop)) {
                return {};
            }
            picture.frame.camera = stage.params().camera;
            picture.frame.wall = pacer.wall(offset);
            picture.frame.arrived = stage.clock().mono();
            stage.deliver(std::move(picture.frame), picture.coded_bytes);
        }
    } while (settings.playback.loops);
    return {};
}

Result<std::unique_ptr<Source>> make_source(
    SourceParams params, SourceListener& listener, SourceContext& context
) {
    DirectorySettings settings;
    BONGSU_ASSIGN(settings.playback, Playback::from(params.settings));
    settings.fps = params.settings.number("fps");
    BONGSU_ASSIGN(PictureFolder folder, PictureFolder::open(params.url));
    return std::make_unique<ThreadedSource>(
        std::move(params),
        listener,
        context,
        [folder = std::move(folder), settings](
            ThreadedSource::Stage& stage, const std::stop_token& stop
        ) { return play(folder, settings, stage, stop); }
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add({
        .name = "directory",
        .help =
            "A folder of numbered pictures. Its pictures are not coded as video, so such a camera "
            "cannot be recorded.",
        .schema = DirectorySettings::schema(),
        .make = make_source,
    });
}

}  // namespace bongsu::ingest::directory
