#include "recording/config.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::recording {

using fields::bytes;
using fields::seconds;
using fields::whole;

const SettingsSchema& recording_schema() {
    constexpr double kDay = 86'400;
    static const SettingsSchema schema{{
        {.name = "root",
         .type = FieldType::Text,
         .fallback = Value{"recordings"},
         .help = "Folder of the recorded segments; made when missing, written by one process only."
        },
        seconds(
            "segment", "60s", 1, 3600, "Length of a segment file; it ends at the next key frame."
        ),
        seconds(
            "fragment", "2s", 0.2, 60, "A GOP longer than this is written in pieces of this length."
        ),
        seconds(
            "sync_every", "5s", 0.1, 300, "How often written video is forced to disk (fdatasync)."
        ),
        whole(
            "writers",
            8,
            1,
            64,
            "Threads that write segments. Mostly they wait for the disk, which forces several down "
            "in the time of one."
        ),
        whole(
            "queue_units",
            20'000,
            100,
            1'000'000,
            "Access units that may wait for one writer before further ones are turned away."
        ),
        bytes(
            "queue_bytes",
            "256MB",
            "Video that may wait for all writers before further video is turned away."
        ),
        seconds(
            "retry_first",
            "1s",
            0.1,
            60,
            "Pause after a disk error, doubled after each further one."
        ),
        seconds("retry_most", "60s", 1, 3600, "Longest pause after disk errors."),
        seconds(
            "idle_close",
            "15s",
            1,
            3600,
            "A stream that is silent this long has its segment closed."
        ),
        seconds("retention_every", "60s", 1, 3600, "How often old segments are looked for."),
        seconds(
            "keep_unlisted",
            "30d",
            0,
            3650 * kDay,
            "How long recordings of cameras that are no longer configured are kept."
        ),
        bytes(
            "keep_bytes_per_organisation",
            "0",
            "Most that one organisation's recordings may take; 0 means no limit."
        ),
        bytes(
            "free_floor",
            "1GB",
            "Oldest segments are deleted when less than this is free on the disk; 0 means never."
        ),
    }};
    return schema;
}

RecordingConfig read_recording_config(const Settings& settings) {
    return {
        .root = settings.text("root"),
        .segment = settings.duration("segment"),
        .fragment = settings.duration("fragment"),
        .sync_every = settings.duration("sync_every"),
        .writers = static_cast<int>(settings.integer("writers")),
        .queue_units = static_cast<std::size_t>(settings.integer("queue_units")),
        .queue_bytes = settings.bytes("queue_bytes"),
        .retry_first = settings.duration("retry_first"),
        .retry_most = settings.duration("retry_most"),
        .idle_close = settings.duration("idle_close"),
        .retention_every = settings.duration("retention_every"),
        .keep_unlisted = settings.duration("keep_unlisted"),
        .keep_bytes_per_organisation = settings.bytes("keep_bytes_per_organisation"),
        .free_floor = settings.bytes("free_floor"),
    };
}

}  // namespace bongsu::recording
