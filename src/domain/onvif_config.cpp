#include "domain/onvif_config.hpp"

namespace bongsu {

const SettingsSchema& onvif_schema() {
    static const SettingsSchema schema{{
        {.name = "address",
         .type = FieldType::Text,
         .help = "host, host:port or the URL of the device service"},
        {.name = "user", .type = FieldType::Text, .fallback = "", .help = "user of the camera"},
        {.name = "password",
         .type = FieldType::Secret,
         .fallback = "",
         .help = "its password; in files better as ${NAME} from the environment"},
        {.name = "events",
         .type = FieldType::Bool,
         .fallback = false,
         .help = "alarms of the camera itself (motion, tamper, inputs, lines) become incidents"},
        {.name = "ptz",
         .type = FieldType::Bool,
         .fallback = false,
         .help = "operators may move the camera"},
    }};
    return schema;
}

Result<OnvifConfig> parse_onvif(const Value& map, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, onvif_schema().parse(map, path));
    if (settings.text("address").empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "address_without_host"_code,
            std::string(path) + ".address must name the camera, such as 10.1.2.3 or 10.1.2.3:8080"
        );
    }
    return OnvifConfig{
        .address = settings.text("address"),
        .user = settings.text("user"),
        .password = settings.text("password"),
        .has_events = settings.flag("events"),
        .has_ptz = settings.flag("ptz"),
    };
}

}  // namespace bongsu
