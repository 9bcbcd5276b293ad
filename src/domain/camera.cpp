#include "domain/camera.hpp"

#include "domain/id_rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bongsu {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestNote = 4000;
constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kMostWords = 100;

/// Keys of a camera that hold structure and are read by hand.
constexpr std::array<std::string_view, 10> kStructured{
    "url",
    "source",
    "sub_url",
    "streams",
    "masks",
    "private_masks",
    "zones",
    "rules",
    "place",
    "onvif"
};

bool is_structured(std::string_view key) {
    return std::ranges::find(kStructured, key) != kStructured.end();
}

/// The source plug-in that a bare URL or path means.
std::string guess_source(const std::string& url) {
    return url.starts_with("rtsp://") || url.starts_with("rtsps://") ? "rtsp" : "file";
}

Result<StreamConfig> parse_stream(const Value& value, const std::string& path) {
    Value::Map own;
    StreamConfig stream;
    for (const auto& [key, item] : value.as_map() != nullptr ? *value.as_map() : Value::Map{}) {
        if (key == "settings") {
            stream.settings = item;
        } else {
            own.emplace_back(key, item);
        }
    }
    BONGSU_ASSIGN(const Settings settings, stream_schema().parse(own, path));
    stream.role = settings.text("role") == "main" ? StreamRole::Main : StreamRole::Sub;
    stream.url = settings.text("url");
    BONGSU_TRY(check_text(stream.url, kLongestUrl, path + ".url"));
    stream.source = settings.has("source") ? settings.text("source") : guess_source(stream.url);
    return stream;
}

Result<std::vector<StreamConfig>> parse_streams(const Value& camera, const std::string& path) {
    std::vector<StreamConfig> streams;
    const Value* list = camera.find("streams");
    const Value* url = camera.find("url");
    if ((list != nullptr) == (url != nullptr)) {
        return fail(
            ErrorKind::InvalidArgument,
            "address_missing"_code,
            path + " needs either url or streams"
        );
    }
    if (list != nullptr) {
        const Value::List* items = list->as_list();
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            BONGSU_ASSIGN(
                StreamConfig stream,
                parse_stream((*items)[i], path + ".streams[" + std::to_string(i) + "]")
            );
            streams.push_back(std::move(stream));
        }
    } else {
        Value::Map main{{"role", "main"}, {"url", *url}};
        if (const Value* source = camera.find("source")) {
            main.emplace_back("source", *source);
        }
        BONGSU_ASSIGN(StreamConfig stream, parse_stream(main, path));
        streams.push_back(std::move(stream));
        if (const Value* sub = camera.find("sub_url")) {
            BONGSU_ASSIGN(
                StreamConfig second, parse_stream(Value::Map{{"role", "sub"}, {"url", *sub}}, path)
            );
            streams.push_back(std::move(second));
        }
    }
    const auto mains = std::ranges::count(streams, StreamRole::Main, &StreamConfig::role);
    if (mains != 1 || streams.size() - static_cast<std::size_t>(mains) > 1) {
        return fail(
            ErrorKind::InvalidArgument,
            "address_missing"_code,
            path + " needs exactly one main stream and at most one sub stream"
        );
    }
    return streams;
}

/// Calls `parse` for each item of the optional list `key` of `map` and collects the results.
template <class Item, class Parse>
Result<std::vector<Item>> parse_list(
    const Value& map, std::string_view key, const std::string& path, Parse parse
) {
    std::vector<Item> out;
    const Value* value = map.find(key);
    if (value == nullptr || value->is_null()) {
        return out;
    }
    const std::string list_path = path + "." + std::string(key);
    if (value->as_list() == nullptr) {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, list_path + " must be a list");
    }
    for (std::size_t i = 0; i < value->as_list()->size(); ++i) {
        BONGSU_ASSIGN(
            Item item, parse((*value->as_list())[i], list_path + "[" + std::to_string(i) + "]")
        );
        out.push_back(std::move(item));
    }
    return out;
}

Result<Polygon> parse_mask(const Value& value, const std::string& path) {
    BONGSU_ASSIGN(Zone zone, parse_zone(Value::Map{{"id", "mask"}, {"points", value}}, path));
    if (zone.is_line()) {
        return fail(
            ErrorKind::InvalidArgument, "too_few_points"_code, path + " needs three points or more"
        );
    }
    return std::move(zone.corners);
}

/// The words of a list, sorted, each once.
Result<std::vector<std::string>> parse_words(
    std::vector<std::string> words, const std::string& path
) {
    if (words.size() > kMostWords) {
        return fail(
            ErrorKind::InvalidArgument,
            "too_many_entries"_code,
            path + " has " + std::to_string(words.size()) + " entries; allowed are 100"
        );
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string item = path + "[" + std::to_string(i) + "]";
        BONGSU_TRY(check_text(words[i], kLongestName, item));
        if (words[i].empty()) {
            return fail(ErrorKind::InvalidArgument, "missing"_code, item + " is empty");
        }
    }
    std::ranges::sort(words);
    const auto doubles = std::ranges::unique(words);
    words.erase(doubles.begin(), doubles.end());
    return words;
}

/// Reads what is found about a camera beyond its pictures.
Status parse_description(
    const Value& value, const Settings& settings, const std::string& at, CameraConfig& camera
) {
    BONGSU_TRY(check_text(camera.name, kLongestName, at + ".name"));
    BONGSU_TRY(check_id(camera.organisation.value(), at + ".organisation"));
    camera.note = settings.text("note");
    BONGSU_TRY(check_text(camera.note, kLongestNote, at + ".note"));
    BONGSU_ASSIGN(camera.tags, parse_words(settings.texts("tags"), at + ".tags"));
    BONGSU_ASSIGN(const auto groups, parse_words(settings.texts("groups"), at + ".groups"));
    for (const std::string& group : groups) {
        BONGSU_TRY(check_id(group, at + ".groups"));
        camera.groups.emplace_back(group);
    }
    if (const Value* place = value.find("place")) {
        BONGSU_ASSIGN(camera.place, parse_place(*place, at + ".place"));
        BONGSU_TRY(check_text(camera.place.address, kLongestName, at + ".place.address"));
        BONGSU_TRY(check_text(camera.place.site, kLongestName, at + ".place.site"));
    }
    if (const Value* onvif = value.find("onvif"); onvif != nullptr && !onvif->is_null()) {
        BONGSU_ASSIGN(camera.onvif, parse_onvif(*onvif, at + ".onvif"));
    }
    return {};
}

}  // namespace

const SettingsSchema& camera_schema() {
    static const SettingsSchema schema{{
        {.name = "id",
         .type = FieldType::Text,
         .help = "name in URLs, folders and metrics: a-z 0-9 _ -"},
        {.name = "name", .type = FieldType::Text, .help = "name for people", .is_optional = true},
        {.name = "organisation", .type = FieldType::Text, .fallback = "city", .help = "who owns it"
        },
        {.name = "record",
         .type = FieldType::Bool,
         .fallback = true,
         .help = "keep the main stream on disk"},
        {.name = "analyse", .type = FieldType::Bool, .fallback = true, .help = "watch it"},
        {.name = "keep_for",
         .type = FieldType::Seconds,
         .fallback = "30d",
         .min = 60,
         .unit = "s",
         .help = "recordings older than this are removed"},
        {.name = "keep_bytes",
         .type = FieldType::ByteSize,
         .fallback = 0,
         .min = 0,
         .unit = "B",
         .help = "the oldest recordings go when the camera's exceed this; 0 = no own limit"},
        {.name = "groups",
         .type = FieldType::TextList,
         .fallback = Value::List{},
         .help = "groups that it belongs to; rights are granted on groups"},
        {.name = "tags",
         .type = FieldType::TextList,
         .fallback = Value::List{},
         .help = "free words for finding it"},
        {.name = "note",
         .type = FieldType::Text,
         .fallback = "",
         .help = "free text for those who maintain it"},
    }};
    return schema;
}

const SettingsSchema& stream_schema() {
    static const SettingsSchema schema{{
        {.name = "role",
         .type = FieldType::Choice,
         .fallback = "main",
         .choices = {"main", "sub"},
         .help = "which of the camera's streams"},
        {.name = "url", .type = FieldType::Text, .help = "address or path"},
        {.name = "source", .type = FieldType::Text, .help = "source plug-in", .is_optional = true},
    }};
    return schema;
}

const SettingsSchema& rule_schema() {
    static const SettingsSchema schema{{
        {.name = "id", .type = FieldType::Text, .help = "name of the rule", .is_optional = true},
        {.name = "behaviour", .type = FieldType::Text, .help = "behaviour plug-in"},
        {.name = "gravity",
         .type = FieldType::Integer,
         .fallback = 3,
         .min = 1,
         .max = 5,
         .help = "1 least, 5 most"},
        {.name = "zones",
         .type = FieldType::TextList,
         .fallback = Value::List{},
         .help = "zone ids; none = whole picture"},
        {.name = "schedule",
         .type = FieldType::TextList,
         .fallback = Value::List{},
         .help = "when it is active; none = always"},
    }};
    return schema;
}

const StreamConfig* find_stream(const CameraConfig& camera, StreamRole role) {
    const auto found = std::ranges::find(camera.streams, role, &StreamConfig::role);
    return found != camera.streams.end() ? &*found : nullptr;
}

int highest_gravity(const CameraConfig& camera) {
    int highest = 1;
    for (const RuleConfig& rule : camera.rules) {
        highest = std::max(highest, rule.gravity);
    }
    return highest;
}

std::string redact_url(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return std::string(url);
    }
    const std::size_t host = scheme + 3;
    const std::size_t path = url.find_first_of("/?#", host);
    const std::string_view authority =
        url.substr(host, path == std::string_view::npos ? path : path - host);
    const std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos) {
        return std::string(url);
    }
    return std::string(url.substr(0, host)) + "***@" + std::string(url.substr(host + at + 1));
}

Result<RuleConfig> parse_rule(const Value& value, std::string_view path) {
    if (value.as_map() == nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            std::string(path) + " must be a map with behaviour"
        );
    }
    Value::Map own;
    Value::Map for_plugin;
    for (const auto& [key, item] : *value.as_map()) {
        const bool is_own = std::ranges::find(rule_schema().fields(), key, &FieldSpec::name) !=
                            rule_schema().fields().end();
        (is_own ? own : for_plugin).emplace_back(key, item);
    }
    BONGSU_ASSIGN(const Settings settings, rule_schema().parse(own, path));
    RuleConfig rule;
    rule.behaviour = settings.text("behaviour");
    rule.id = RuleId{settings.has("id") ? settings.text("id") : rule.behaviour};
    rule.gravity = static_cast<int>(settings.integer("gravity"));
    for (const std::string& zone : settings.texts("zones")) {
        rule.zones.emplace_back(zone);
    }
    rule.schedule = settings.texts("schedule");
    rule.settings = Value{std::move(for_plugin)};
    return rule;
}

Result<CameraConfig> parse_camera(const Value& value, std::string_view path) {
    const std::string at{path};
    if (value.as_map() == nullptr) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, at + " must be a map with id and url"
        );
    }
    Value::Map plain;
    for (const auto& [key, item] : *value.as_map()) {
        if (!is_structured(key)) {
            plain.emplace_back(key, item);
        }
    }
    BONGSU_ASSIGN(const Settings settings, camera_schema().parse(plain, path));
    CameraConfig camera;
    BONGSU_TRY(check_id(settings.text("id"), at + ".id"));
    camera.id = CameraId{settings.text("id")};
    camera.name = settings.has("name") ? settings.text("name") : settings.text("id");
    camera.organisation = OrganisationId{settings.text("organisation")};
    camera.is_recorded = settings.flag("record");
    camera.is_analysed = settings.flag("analyse");
    camera.keep_for = settings.duration("keep_for");
    camera.keep_bytes = settings.bytes("keep_bytes");
    BONGSU_TRY(parse_description(value, settings, at, camera));
    BONGSU_ASSIGN(camera.streams, parse_streams(value, at));
    BONGSU_ASSIGN(camera.masks, parse_list<Polygon>(value, "masks", at, parse_mask));
    BONGSU_ASSIGN(
        camera.private_masks, parse_list<Polygon>(value, "private_masks", at, parse_mask)
    );
    BONGSU_ASSIGN(camera.zones, parse_list<Zone>(value, "zones", at, parse_zone));
    BONGSU_ASSIGN(camera.rules, parse_list<RuleConfig>(value, "rules", at, parse_rule));
    return camera;
}

}  // namespace bongsu
