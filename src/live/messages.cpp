#include "live/messages.hpp"

#include "core/json.hpp"
#include "domain/track_state.hpp"

#include <cmath>
#include <span>
#include <utility>

namespace bongsu::live {
namespace {

constexpr std::uint8_t kKeyFlag = 1;
constexpr std::uint8_t kEstimatedFlag = 2;
constexpr std::uint8_t kGapFlag = 4;

void put_little_endian(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8U * i)));
    }
}

SharedText shared(const Value& value) {
    return std::make_shared<const std::string>(to_json(value));
}

/// Floats as people write them.
Value rounded(float value, double steps) {
    return std::round(static_cast<double>(value) * steps) / steps;
}

Value to_value(const Track& track) {
    constexpr double kTenths = 10;
    return Value::Map{
        {"id", static_cast<std::int64_t>(track.id.value())},
        {"class", std::string(to_string(track.cls))},
        {"box",
         Value::List{
             rounded(track.box.x, kTenths),
             rounded(track.box.y, kTenths),
             rounded(track.box.w, kTenths),
             rounded(track.box.h, kTenths)
         }},
        {"state", std::string(to_string(track.state))},
    };
}

}  // namespace

SharedBytes to_bytes(const MessageHead& head) {
    auto out = std::make_shared<std::vector<std::uint8_t>>();
    out->reserve(kHeadSize);
    out->push_back(static_cast<std::uint8_t>(head.kind));
    const unsigned flags = (head.is_key ? kKeyFlag : 0U) |
                           (head.is_time_estimated ? kEstimatedFlag : 0U) |
                           (head.is_after_gap ? kGapFlag : 0U);
    out->push_back(static_cast<std::uint8_t>(flags));
    put_little_endian(*out, 0, 2);
    put_little_endian(*out, head.counter, 4);
    put_little_endian(*out, static_cast<std::uint64_t>(head.wall.time_since_epoch().count()), 8);
    put_little_endian(*out, head.decode_time, 8);
    return out;
}

SharedText stream_text(const StreamAnnouncement& announcement) {
    return shared(Value::Map{
        {"type", "stream"},
        {"kind", announcement.is_jpeg ? "jpeg" : "fmp4"},
        {"mime", announcement.mime},
        {"width", static_cast<std::int64_t>(announcement.width)},
        {"height", static_cast<std::int64_t>(announcement.height)},
        {"role", std::string(to_string(announcement.role))},
        {"note", std::string(announcement.note)},
    });
}

SharedText scene_text(const Scene& scene) {
    Value::List tracks;
    for (const Track& track : scene.tracks) {
        if (track.state != TrackState::Tentative) {
            tracks.push_back(to_value(track));
        }
    }
    return shared(Value::Map{
        {"type", "scene"},
        {"wall_us", static_cast<std::int64_t>(scene.time.time_since_epoch().count())},
        {"width", scene.width},
        {"height", scene.height},
        {"tracks", std::move(tracks)},
    });
}

SharedText state_text(std::string_view state, WallTime since, std::string_view detail) {
    return shared(Value::Map{
        {"type", "state"},
        {"state", std::string(state)},
        {"since", to_iso8601(since)},
        {"detail", std::string(detail)},
    });
}

}  // namespace bongsu::live
