#include "scenelog/config.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::scenelog {

const SettingsSchema& scenelog_schema() {
    static const SettingsSchema schema({
        {.name = "root",
         .type = FieldType::Text,
         .fallback = "scenes",
         .help = "Folder of the scene log."},
        fields::seconds(
            "keep_for", "3d", 3600, 86400.0 * 365, "How long scenes are kept, in whole hours."
        ),
        fields::bytes("keep_bytes", "20GB", "The oldest hours go when there is more; 0: no limit."),
        fields::seconds(
            "block",
            "20s",
            1,
            300,
            "Scenes are written in blocks of this length; a crash loses at most one."
        ),
        fields::whole("queue_blocks", 4096, 16, 1e6, "Most blocks that wait for the disk."),
        fields::seconds(
            "quiet_after",
            "75s",
            1,
            3600,
            "So long after the last object in view every scene is kept; then only some are."
        ),
        fields::seconds(
            "quiet_every", "1s", 0, 60, "In the quiet, one scene in so long is kept; 0: all."
        ),
    });
    return schema;
}

SceneLogConfig read_scenelog_config(const Settings& settings) {
    return {
        .root = settings.text("root"),
        .keep_for = settings.duration("keep_for"),
        .keep_bytes = settings.bytes("keep_bytes"),
        .block = settings.duration("block"),
        .queue_blocks = static_cast<std::size_t>(settings.integer("queue_blocks")),
        .quiet_after = settings.duration("quiet_after"),
        .quiet_every = settings.duration("quiet_every"),
    };
}

}  // namespace bongsu::scenelog
