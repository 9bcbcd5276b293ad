#include "camsim/camera_list.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

constexpr std::array<std::string_view, 4> kNested{"faults", "zones", "rules", "about"};
constexpr auto kRepeatShift = std::chrono::milliseconds{1700};

const SettingsSchema& entry_schema() {
    static const SettingsSchema schema{{
        {.name = "id", .type = FieldType::Text, .help = "Name of the camera in its URL."},
        {.name = "name", .type = FieldType::Text, .fallback = "", .help = "Name for people."},
        {.name = "main", .type = FieldType::Text, .help = "Film of the main stream."},
        {.name = "sub",
         .type = FieldType::Text,
         .fallback = "",
         .help = "Film of the sub-stream; empty for a camera without one."},
        {.name = "other",
         .type = FieldType::Text,
         .fallback = "",
         .help = "Film that the faults switch_every and switch_by_session turn to."},
        {.name = "start_offset",
         .type = FieldType::Seconds,
         .fallback = 0,
         .min = 0,
         .max = 86'400,
         .unit = "s",
         .help = "Where in the film the camera starts."},
        {.name = "mode",
         .type = FieldType::Choice,
         .fallback = "live",
         .choices = {"live", "on_demand"},
         .help = "Whether the film runs all the time or from its start at each PLAY."},
        {.name = "loop",
         .type = FieldType::Bool,
         .fallback = true,
         .help = "Whether the film is repeated; else the connection is closed at its end."},
    }};
    return schema;
}

bool is_valid_id(const std::string& id) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, is_allowed);
}

std::string joined(const std::string& folder, const std::string& path) {
    return path.empty() ? path : (std::filesystem::path(folder) / path).string();
}

Result<Value::List> list_of(const Value& entry, std::string_view key, const std::string& path) {
    const Value* value = entry.find(key);
    if (value == nullptr || value->is_null()) {
        return Value::List{};
    }
    if (value->as_list() == nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            path + "." + std::string(key) + " must be a list, not " +
                std::string(value->type_name())
        );
    }
    return *value->as_list();
}

/// The entry without the keys that have a shape of their own.
Value flat_part(const Value& entry) {
    if (entry.as_map() == nullptr) {
        return entry;
    }
    Value::Map flat = *entry.as_map();
    std::erase_if(flat, [](const auto& pair) {
        return std::ranges::find(kNested, pair.first) != kNested.end();
    });
    return flat;
}

Result<CameraEntry> parse_entry(
    const Value& value, const std::string& path, const std::string& folder
) {
    BONGSU_ASSIGN(const Settings settings, entry_schema().parse(flat_part(value), path));
    CameraEntry entry;
    entry.id = settings.text("id");
    if (!is_valid_id(entry.id)) {
        return fail(
            ErrorKind::InvalidArgument,
            path + ".id is '" + entry.id + "'; use 1 to 64 of a-z, 0-9, - and _"
        );
    }
    entry.name = settings.text("name");
    entry.main = joined(folder, settings.text("main"));
    entry.sub = joined(folder, settings.text("sub"));
    entry.other = joined(folder, settings.text("other"));
    entry.start_offset = settings.duration("start_offset");
    entry.mode = settings.text("mode") == "live" ? PlayMode::Live : PlayMode::OnDemand;
    entry.is_looped = settings.flag("loop");
    if (const Value* faults = value.find("faults"); faults != nullptr && !faults->is_null()) {
        BONGSU_ASSIGN(entry.faults, parse_faults(*faults, path + ".faults"));
    }
    BONGSU_ASSIGN(entry.zones, list_of(value, "zones", path));
    BONGSU_ASSIGN(entry.rules, list_of(value, "rules", path));
    if (const Value* about = value.find("about"); about != nullptr && !about->is_null()) {
        if (about->as_map() == nullptr) {
            return fail(ErrorKind::InvalidArgument, path + ".about must be a map of settings");
        }
        entry.about = *about->as_map();
    }
    return entry;
}

Result<std::string> read_text(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(
            ErrorKind::NotFound,
            "cannot open the list of simulated cameras " + path +
                "; './dev setup' makes one with its footage"
        );
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Value stream_config(std::string_view role, std::string_view base, const std::string& id) {
    const std::string url = std::string(base) + "/" + id + "/" + std::string(role);
    return Value::Map{{"role", std::string(role)}, {"url", url}};
}

}  // namespace

Result<std::vector<CameraEntry>> parse_camera_list(
    const Value& document, const std::string& folder
) {
    const Value* cameras = document.find("cameras");
    if (cameras == nullptr || cameras->as_list() == nullptr || cameras->as_list()->empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "the list of simulated cameras must be a map with a list 'cameras' that is not empty"
        );
    }
    std::vector<CameraEntry> entries;
    std::set<std::string> ids;
    for (const Value& value : *cameras->as_list()) {
        const std::string path = "cameras[" + std::to_string(entries.size()) + "]";
        BONGSU_ASSIGN(CameraEntry entry, parse_entry(value, path, folder));
        if (!ids.insert(entry.id).second) {
            return fail(
                ErrorKind::AlreadyExists, path + ".id '" + entry.id + "' stands in the list twice"
            );
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<CameraEntry>> load_camera_list(const std::string& path) {
    BONGSU_ASSIGN(const std::string text, read_text(path));
    BONGSU_ASSIGN(const Value document, parse_yaml(text, path));
    const std::string folder = std::filesystem::path(path).parent_path().string();
    auto entries = parse_camera_list(document, folder);
    if (!entries) {
        return fail(entries.error().within(path));
    }
    return entries;
}

std::vector<CameraEntry> repeat_cameras(const std::vector<CameraEntry>& list, std::size_t count) {
    if (count == 0 || list.empty()) {
        return list;
    }
    std::vector<CameraEntry> cameras;
    cameras.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        CameraEntry camera = list[i % list.size()];
        const auto round = static_cast<std::int64_t>(i / list.size());
        if (count > list.size()) {
            camera.id += fmt::format("-{:04}", i + 1);
            camera.start_offset += round * kRepeatShift;
        }
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

Value watch_config(const CameraEntry& camera, std::string_view base) {
    Value::List streams{stream_config("main", base, camera.id)};
    if (!camera.sub.empty()) {
        streams.push_back(stream_config("sub", base, camera.id));
    }
    Value::Map config{{"id", camera.id}};
    if (!camera.name.empty()) {
        config.emplace_back("name", camera.name);
    }
    config.emplace_back("streams", std::move(streams));
    config.emplace_back("zones", camera.zones);
    config.emplace_back("rules", camera.rules);
    config.insert(config.end(), camera.about.begin(), camera.about.end());
    return config;
}

}  // namespace bongsu::camsim
