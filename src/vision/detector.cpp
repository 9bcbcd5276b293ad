#include "vision/detector.hpp"

#include "vision/model_store.hpp"
#include "vision/network_detector.hpp"

namespace bongsu::vision {

const SettingsSchema& detector_schema() {
    static const SettingsSchema kSchema{{
        {
            .name = "network",
            .type = FieldType::Text,
            .fallback = Value(std::string("nanodet")),
            .help = "Which detector finds people and vehicles.",
        },
        {
            .name = "precision",
            .type = FieldType::Choice,
            .fallback = Value(std::string("int8")),
            .choices = {"int8", "fp32"},
            .help = "int8 is about twice as fast; fp32 finds slightly more.",
        },
        {
            .name = "min_score",
            .type = FieldType::Number,
            .fallback = Value(0.32),
            .min = 0.05,
            .max = 0.95,
            .unit = "1",
            .help = "Objects below this score are never reported.",
        },
        {
            .name = "sure_score",
            .type = FieldType::Number,
            .fallback = Value(0.5),
            .min = 0.05,
            .max = 1,
            .unit = "1",
            .help = "Objects below this score are reported only where the picture differs from the "
                    "background.",
        },
        {
            .name = "smallest_person",
            .type = FieldType::Number,
            .fallback = Value(0.06),
            .min = 0.01,
            .max = 1,
            .unit = "1",
            .help = "Height of the smallest person to be found, as a share of the picture's "
                    "height; smaller costs more.",
        },
        {
            .name = "models",
            .type = FieldType::Text,
            .help = "Folder of the installed models; default: BONGSU_MODELS, else the cache.",
            .is_optional = true,
        },
    }};
    return kSchema;
}

DetectorSettings detector_settings(const Settings& settings) {
    DetectorSettings out;
    out.network = settings.text("network");
    out.precision = settings.text("precision");
    out.min_score = static_cast<float>(settings.number("min_score"));
    out.sure_score = static_cast<float>(settings.number("sure_score"));
    out.smallest_person = static_cast<float>(settings.number("smallest_person"));
    out.models = settings.has("models") ? std::filesystem::path(settings.text("models"))
                                        : default_models_folder();
    return out;
}

Result<std::unique_ptr<Detector>> make_detector(
    const DetectorSettings& settings,
    const detectors::Registry& registry,
    const Clock& clock,
    Metrics& metrics
) {
    const detectors::Registration* registration = registry.find(settings.network);
    if (registration == nullptr) {
        return fail(unknown_key("detector.network", settings.network, registry.names()));
    }
    const std::filesystem::path models =
        settings.models.empty() ? default_models_folder() : settings.models;
    BONGSU_ASSIGN(auto network, registration->make({models, settings.precision}));
    return std::make_unique<NetworkDetector>(std::move(network), settings, clock, metrics);
}

}  // namespace bongsu::vision
