#include "app/city_config.hpp"

#include "app/files.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace bongsu::app {
namespace {

/// Sections that are checked by their owners.
constexpr std::array<std::string_view, 14> kSections{
    "ingest",
    "recording",
    "analysis",
    "detector",
    "tracking",
    "incidents",
    "learning",
    "store",
    "console",
    "identity",
    "live",
    "scenelog",
    "organisations",
    "cameras"
};

const SettingsSchema& organisation_schema() {
    static const SettingsSchema schema{{
        {.name = "id", .type = FieldType::Text, .help = "name used by cameras"},
        {.name = "name_ko", .fallback = "", .help = "name for people, in Korean"},
        {.name = "name_en", .fallback = "", .help = "name for people, in English"},
        {.name = "keep_bytes",
         .type = FieldType::ByteSize,
         .fallback = 0,
         .min = 0,
         .unit = "B",
         .help = "the oldest recordings of its cameras go when all exceed this; 0 = no limit"},
    }};
    return schema;
}

Result<std::vector<OrganisationConfig>> parse_organisations(const Value* list) {
    std::vector<OrganisationConfig> out;
    if (list == nullptr || list->is_null()) {
        return out;
    }
    if (list->as_list() == nullptr) {
        return fail(ErrorKind::InvalidArgument, "organisations must be a list");
    }
    for (std::size_t i = 0; i < list->as_list()->size(); ++i) {
        BONGSU_ASSIGN(
            const Settings settings,
            organisation_schema().parse(
                (*list->as_list())[i], "organisations[" + std::to_string(i) + "]"
            )
        );
        out.push_back(
            {.id = OrganisationId{settings.text("id")},
             .name_ko = settings.text("name_ko"),
             .name_en = settings.text("name_en"),
             .keep_bytes = settings.bytes("keep_bytes")}
        );
    }
    return out;
}

Result<std::vector<CameraConfig>> parse_cameras(const Value* list) {
    std::vector<CameraConfig> out;
    if (list == nullptr || list->is_null()) {
        return out;  // an installation may keep all its cameras in its database
    }
    if (list->as_list() == nullptr) {
        return fail(ErrorKind::InvalidArgument, "cameras must be a list");
    }
    std::set<CameraId> known;
    for (std::size_t i = 0; i < list->as_list()->size(); ++i) {
        const std::string path = "cameras[" + std::to_string(i) + "]";
        BONGSU_ASSIGN(CameraConfig camera, parse_camera((*list->as_list())[i], path));
        if (!known.insert(camera.id).second) {
            return fail(
                ErrorKind::AlreadyExists, path + ".id '" + camera.id.value() + "' is given twice"
            );
        }
        out.push_back(std::move(camera));
    }
    return out;
}

log::Level level_of(const std::string& name) {
    constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warn", "error"};
    return static_cast<log::Level>(std::ranges::find(kNames, name) - kNames.begin());
}

Value section(const Value& document, std::string_view name) {
    const Value* found = document.find(name);
    return found != nullptr ? *found : Value{};
}

}  // namespace

const SettingsSchema& city_schema() {
    static const SettingsSchema schema{{
        {.name = "data",
         .type = FieldType::Text,
         .fallback = "bongsu-data",
         .help = "folder below which recordings, snapshots and the database are stored"},
        {.name = "models",
         .type = FieldType::Text,
         .help = "folder of the models; without it BONGSU_MODELS, else the cache of ./dev setup",
         .is_optional = true},
        {.name = "time_zone",
         .type = FieldType::Text,
         .fallback = "+09:00",
         .help = "offset of local time from UTC, for schedules"},
        {.name = "monitor_address",
         .type = FieldType::Text,
         .fallback = "127.0.0.1",
         .help = "where /metrics and /health listen"},
        {.name = "monitor_port",
         .type = FieldType::Integer,
         .fallback = 9090,
         .min = 0,
         .max = 65535,
         .help = "port of /metrics and /health; 0 = any free port"},
        {.name = "log_level",
         .type = FieldType::Choice,
         .fallback = "info",
         .choices = {"debug", "info", "warn", "error"},
         .help = "least important lines that are written"},
        {.name = "log_format",
         .type = FieldType::Choice,
         .fallback = "text",
         .choices = {"text", "json"},
         .help = "key=value text or one JSON object a line"},
    }};
    return schema;
}

Result<Value> apply_overrides(Value document, const std::vector<std::string>& overrides) {
    for (const std::string& item : overrides) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(
                ErrorKind::InvalidArgument,
                "--set '" + item + "' must look like recording.segment=30s"
            );
        }
        BONGSU_ASSIGN(const Value value, parse_yaml(item.substr(equals + 1), "--set " + item));
        document = with_value_at(document, item.substr(0, equals), value);
    }
    return document;
}

std::string camera_id_from(std::string_view source, std::size_t index) {
    while (source.ends_with('/')) {
        source.remove_suffix(1);
    }
    std::string_view last = source.substr(source.rfind('/') + 1);
    last = last.substr(0, last.find_first_of(".?#"));
    std::string id;
    for (const char c : last) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool is_allowed =
            (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '_';
        id += is_allowed ? lower : '-';
    }
    constexpr std::size_t kLongest = 48;
    id = id.substr(0, kLongest);
    return id.find_first_not_of('-') == std::string::npos ? "camera-" + std::to_string(index + 1)
                                                          : id;
}

Value with_value_at(const Value& document, std::string_view path, const Value& value) {
    const std::size_t dot = path.find('.');
    const std::string key{path.substr(0, dot)};
    const Value* present = document.find(key);
    const Value inner =
        dot == std::string_view::npos
            ? value
            : with_value_at(present != nullptr ? *present : Value{}, path.substr(dot + 1), value);
    Value::Map map = document.as_map() != nullptr ? *document.as_map() : Value::Map{};
    const auto at = std::ranges::find(map, key, &Value::Map::value_type::first);
    if (at != map.end()) {
        at->second = inner;
    } else {
        map.emplace_back(key, inner);
    }
    return map;
}

Result<CityConfig> parse_city_config(
    const Value& given, const std::vector<std::string>& overrides
) {
    BONGSU_ASSIGN(const Value document, apply_overrides(given, overrides));
    if (document.as_map() == nullptr) {
        return fail(ErrorKind::InvalidArgument, "the configuration must be a map of settings");
    }
    Value::Map plain;
    std::vector<std::string> known{kSections.begin(), kSections.end()};
    for (const FieldSpec& field : city_schema().fields()) {
        known.push_back(field.name);
    }
    for (const auto& [key, value] : *document.as_map()) {
        if (std::ranges::find(known, key) == known.end()) {
            return fail(unknown_key("", key, known));
        }
        if (std::ranges::find(kSections, key) == kSections.end()) {
            plain.emplace_back(key, value);
        }
    }
    BONGSU_ASSIGN(const Settings settings, city_schema().parse(plain, ""));
    CityConfig config;
    config.data = settings.text("data");
    config.models = settings.has("models") ? settings.text("models") : "";
    config.time_zone = settings.text("time_zone");
    config.monitor_address = settings.text("monitor_address");
    config.monitor_port = static_cast<std::uint16_t>(settings.integer("monitor_port"));
    config.log_level = level_of(settings.text("log_level"));
    config.log_format =
        settings.text("log_format") == "json" ? log::Format::Json : log::Format::Text;
    config.ingest = section(document, "ingest");
    config.recording = section(document, "recording");
    config.analysis = section(document, "analysis");
    config.detector = section(document, "detector");
    config.tracking = section(document, "tracking");
    config.store = section(document, "store");
    config.incidents = section(document, "incidents");
    config.learning = section(document, "learning");
    config.console = section(document, "console");
    config.identity = section(document, "identity");
    config.live = section(document, "live");
    config.scenelog = section(document, "scenelog");
    BONGSU_ASSIGN(config.organisations, parse_organisations(document.find("organisations")));
    BONGSU_ASSIGN(config.cameras, parse_cameras(document.find("cameras")));
    return config;
}

Result<CityConfig> load_city_config(
    const std::filesystem::path& path, const std::vector<std::string>& overrides
) {
    BONGSU_ASSIGN(const std::string text, read_text_file(path));
    BONGSU_ASSIGN(const Value raw, parse_yaml(text, path.string()));
    auto document = expand_environment(raw, [](const char* name) -> const char* {
        return std::getenv(name
        );  // NOLINT(concurrency-mt-unsafe): read once, before any thread starts
    });
    if (!document) {
        return fail(document.error().within(path.string()));
    }
    auto config = parse_city_config(*document, overrides);
    if (!config) {
        return fail(config.error().within(path.string()));
    }
    return config;
}

}  // namespace bongsu::app
