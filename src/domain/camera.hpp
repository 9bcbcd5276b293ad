#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "domain/camera_place.hpp"
#include "domain/onvif_config.hpp"
#include "domain/zone.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu {

/// One rule: a behaviour plug-in with its settings, on named zones, at given hours.
struct RuleConfig {
    RuleId id;
    std::string behaviour;              ///< plug-in name
    int gravity = 3;                    ///< 1-5
    std::vector<ZoneId> zones;          ///< empty: the whole picture
    std::vector<std::string> schedule;  ///< "mon-fri 22:00-06:00"; empty: always
    Value settings;                     ///< checked against the plug-in's schema
};

/// How a stream of a camera is reached.
struct StreamConfig {
    StreamRole role = StreamRole::Main;
    std::string source;  ///< source plug-in: "rtsp", "file", "directory"
    std::string url;     ///< may hold credentials: print only through redact_url()
    Value settings;      ///< checked against the source plug-in's schema
};

struct CameraConfig {
    CameraId id;
    std::string name;  ///< for people
    OrganisationId organisation;
    std::vector<StreamConfig>
        streams;                 ///< one Main; at most one Sub, which is then the one analysed
    std::vector<Polygon> masks;  ///< normalised areas that are never analysed
    std::vector<Zone> zones;
    std::vector<RuleConfig> rules;
    bool is_recorded = true;
    bool is_analysed = true;
    Duration keep_for =
        std::chrono::hours{24 * 30};  ///< retention by time (30 days: Standard guideline Art 41(2))
    std::int64_t keep_bytes = 0;      ///< retention by size; 0 = no own limit
    CameraPlace place;
    std::vector<GroupId> groups;         ///< sorted, each once
    std::vector<std::string> tags;       ///< free words for finding; sorted, each once
    std::vector<Polygon> private_masks;  ///< normalised areas that are blacked out for viewers
    std::optional<OnvifConfig> onvif;    ///< how its ONVIF service is reached, when it is used
    std::string note;                    ///< free text for those who maintain it
};

/// The stream of this role; null when the camera has none. Valid as long as `camera` is unchanged.
const StreamConfig* find_stream(const CameraConfig& camera, StreamRole role);

/// The gravity of the gravest rule, 1 without rules.
int highest_gravity(const CameraConfig& camera);

/// The URL without user name and password; anything that is not a URL comes back unchanged.
std::string redact_url(std::string_view url);

/// Tables of the plain settings of a camera, a stream and a rule, for checks and generated
/// documents.
const SettingsSchema& camera_schema();
const SettingsSchema& stream_schema();
const SettingsSchema& rule_schema();

/// Reads and checks one camera: {id, name?, organisation?, url (+ sub_url?) | streams: [{role, url,
/// source?, settings?}], masks?, private_masks?, zones?, rules?, record?, analyse?, keep_for?,
/// keep_bytes?, place?, groups?, tags?, onvif?, note?}.
/// Behaviour settings are checked later by their plug-ins.
Result<CameraConfig> parse_camera(const Value& value, std::string_view path);

/// Reads one rule: {id?, behaviour, gravity?, zones?, schedule?, ...the plug-in's own settings}.
Result<RuleConfig> parse_rule(const Value& value, std::string_view path);

}  // namespace bongsu
