#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/soap_channel.hpp"
#include "onvif/url.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bongsu::onvif {

struct PtzPreset {
    std::string token;
    std::string name;
};

/// A direction and speed, or a place, in the generic spaces of the PTZ specification (5.8): -1..1,
/// zoom as a place 0..1.
struct PtzVector {
    double pan = 0;   ///< right is positive
    double tilt = 0;  ///< up is positive
    double zoom = 0;  ///< in is positive
};

using PtzRange = std::pair<double, double>;

/// What a camera's PTZ node can do. Ranges are as the camera tells them; the generic ones when it
/// says nothing.
struct PtzAbilities {
    bool can_move = false;  ///< pan and tilt at a speed
    bool can_zoom = false;
    bool can_place = false;  ///< absolute positions
    bool has_home = false;
    int max_presets = 0;
    PtzRange pan_speed{-1, 1};
    PtzRange tilt_speed{-1, 1};
    PtzRange zoom_speed{-1, 1};
    PtzRange pan{-1, 1};
    PtzRange tilt{-1, 1};
    PtzRange zoom{0, 1};
};

struct PtzStatus {
    PtzVector position;
    bool is_moving = false;
};

/// Moves one profile of one camera. Not thread-safe. `channel` must outlive it.
class Ptz {
public:
    Ptz(SoapChannel& channel, Url service, std::string profile)
        : channel_(channel), service_(std::move(service)), profile_(std::move(profile)) {}

    Result<PtzAbilities> abilities();

    /// Starts to move; the camera stops by itself after `for_at_most`, so that a lost operator does
    /// not leave it turning. Speeds are -1..1 of what the camera can do and are clamped.
    Status move(const PtzVector& speed, Duration for_at_most);

    /// To a place in the generic spaces, clamped to `limits`.
    Status go_to(const PtzVector& place, const PtzAbilities& limits);

    Status stop();
    Status home();
    Result<std::vector<PtzPreset>> presets();
    Status go_to_preset(const std::string& token);
    Result<PtzStatus> status();

private:
    Result<SoapReply> call(std::string_view operation, const std::string& content);

    SoapChannel& channel_;
    Url service_;
    std::string profile_;
};

/// The parsers alone. At most 512 presets are read.
PtzAbilities parse_ptz_nodes(pugi::xml_node response);
std::vector<PtzPreset> parse_presets(pugi::xml_node response);
PtzStatus parse_ptz_status(pugi::xml_node response);

}  // namespace bongsu::onvif
