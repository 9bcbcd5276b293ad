#include "pipeline/settings.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::pipeline {
namespace {

using fields::bytes;
using fields::flag;
using fields::number;
using fields::seconds;
using fields::whole;

std::vector<FieldSpec> rows() {
    return {
        whole("threads", 0, 0, 256, "Analysis threads; 0 means one per processor."),
        number(
            "budget",
            0,
            0,
            256,
            "CPU s/s",
            "CPU time for the analysis of all cameras; 0 means 0.8 per thread."
        ),
        seconds(
            "max_unwatched",
            "60s",
            5,
            3600,
            "Each camera is shown to the detector at least this often."
        ),
        number(
            "analysis_rate",
            5,
            1,
            30,
            "1/s",
            "Pictures per second analysed of a camera where something moves."
        ),
        number(
            "detection_rate",
            1.8,
            0.5,
            30,
            "1/s",
            "Of those, pictures per second that the detector sees at most."
        ),
        number(
            "whole_rate",
            0.0625,
            0.05,
            30,
            "1/s",
            "Of those, pictures that the detector sees as a whole; in the others it looks around "
            "known objects and where something moves."
        ),
        seconds(
            "hold",
            "10s",
            1,
            600,
            "A camera is followed for so long after the last moving person or vehicle."
        ),
        seconds(
            "quiet_interval", "900ms", 0, 60, "Shortest time between two looks at a quiet camera."
        ),
        flag(
            "thins_keyframes",
            false,
            "Look at only every second key frame while nothing is unusual. Misses more."
        ),
        number(
            "early_wake",
            6,
            0,
            100,
            "1",
            "Standard deviations of coded size that cause a look between key frames; 0 means never."
        ),
        whole(
            "max_active",
            64,
            1,
            4096,
            "Cameras followed at once; each needs the memory of a decoder. When all are, one of "
            "higher "
            "gravity takes the place of the least grave."
        ),
        bytes(
            "held_bytes",
            "8MiB",
            "Coded pictures held in memory per camera, so that nothing is lost when it is woken.",
            1 << 16,
            1 << 30
        ),
        whole("held_units", 600, 10, 100'000, "The same, in pictures."),
        flag(
            "skips_loop_filter",
            true,
            "Decode a quarter cheaper, with slightly blockier pictures (also in snapshots of what "
            "is "
            "analysed)."
        ),
        number(
            "gate_threshold",
            12,
            2,
            100,
            "1",
            "Score above which a key frame shows motion; higher is less sensitive."
        ),
        number(
            "gate_threshold_least",
            7,
            2,
            100,
            "1",
            "A quiet camera's threshold sinks down to this while looks of the detector find "
            "somebody "
            "or "
            "are rare; from gate_threshold on it is fixed."
        ),
        number(
            "wake_score",
            0.4,
            0.05,
            1,
            "1",
            "Score from which on a detected person or vehicle makes a camera be followed."
        ),
    };
}

}  // namespace

const SettingsSchema& analysis_schema() {
    static const SettingsSchema schema{rows()};
    return schema;
}

AnalysisConfig analysis_config(const Settings& settings) {
    AnalysisConfig config;
    config.threads = static_cast<unsigned>(settings.integer("threads"));
    config.budget = settings.number("budget");
    config.max_unwatched = settings.duration("max_unwatched");
    config.analysis_rate = settings.number("analysis_rate");
    config.detection_rate = settings.number("detection_rate");
    config.whole_rate = settings.number("whole_rate");
    config.hold = settings.duration("hold");
    config.quiet_interval = settings.duration("quiet_interval");
    config.thins_keyframes = settings.flag("thins_keyframes");
    config.early_wake = settings.number("early_wake");
    config.max_active = static_cast<int>(settings.integer("max_active"));
    config.held_bytes = settings.bytes("held_bytes");
    config.held_units = static_cast<int>(settings.integer("held_units"));
    config.skips_loop_filter = settings.flag("skips_loop_filter");
    config.gate_threshold = settings.number("gate_threshold");
    config.gate_threshold_least = settings.number("gate_threshold_least");
    config.wake_score = settings.number("wake_score");
    return config;
}

}  // namespace bongsu::pipeline
