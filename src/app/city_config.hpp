#pragma once

#include "core/log.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "core/value.hpp"
#include "domain/camera.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::app {

struct OrganisationConfig {
    OrganisationId id;
    std::string name_ko;  ///< for people; empty: the id
    std::string name_en;
    std::int64_t keep_bytes = 0;  ///< recordings of all its cameras together; 0 = no limit
};

/// The configuration of one node as written in its YAML file. The sections of the modules stay
/// plain data here and are checked against the modules' own tables when the station is put
/// together.
struct CityConfig {
    std::filesystem::path data;    ///< folder below which everything is stored
    std::filesystem::path models;  ///< folder of the models; empty: BONGSU_MODELS, else the cache
    std::string time_zone;         ///< such as "+09:00", for schedules
    std::string monitor_address;
    std::uint16_t monitor_port = 0;  ///< 0 = any free port
    log::Level log_level = log::Level::Info;
    log::Format log_format = log::Format::Text;
    Value ingest;
    Value recording;
    Value analysis;
    Value detector;
    Value tracking;
    Value store;
    Value incidents;
    Value learning;
    Value console;
    Value identity;
    Value live;
    Value scenelog;
    std::vector<OrganisationConfig> organisations;
    std::vector<CameraConfig> cameras;
    /// Exactly these cameras, and none that is stored; for commands that are no installation.
    bool has_fixed_cameras = false;
};

/// The table of the plain settings at the top of the file.
const SettingsSchema& city_schema();

/// Checks a whole document. `overrides` are "a.b=c" as given by --set, applied first.
Result<CityConfig> parse_city_config(
    const Value& document, const std::vector<std::string>& overrides
);

/// Reads the YAML file, fills in ${NAME:default} from the environment, and checks it.
Result<CityConfig> load_city_config(
    const std::filesystem::path& path, const std::vector<std::string>& overrides
);

/// Applies "a.b=c" items, as given by --set, to a document.
Result<Value> apply_overrides(Value document, const std::vector<std::string>& overrides);

/// A camera id made from a URL or path: its last part in lower case, with `index` when nothing
/// usable is left.
std::string camera_id_from(std::string_view source, std::size_t index);

/// `document` with the value at the dotted `path` replaced or added.
Value with_value_at(const Value& document, std::string_view path, const Value& value);

}  // namespace bongsu::app
