#include "console/camera_answers.hpp"

#include "console/problem.hpp"
#include "core/json.hpp"
#include "domain/camera_form.hpp"
#include "fleet/field_problem.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace bongsu::console {
namespace {

double rounded(double value, double steps) {
    return std::round(value * steps) / steps;
}

Value::List texts(const std::vector<std::string>& words) {
    return {words.begin(), words.end()};
}

std::string codec_name(const std::optional<Codec>& codec) {
    return codec ? std::string(to_string(*codec)) : "";
}

std::string condition_name(const CameraHealth* health) {
    const CameraCondition condition = health != nullptr ? health->condition : CameraCondition::Off;
    return std::string(to_string(condition));
}

Value stream_health(const StreamHealth& stream) {
    return Value::Map{
        {"role", std::string(to_string(stream.role))},
        {"state", std::string(to_string(stream.state))},
        {"since", to_iso8601(stream.since)},
        {"codec", codec_name(stream.codec)},
        {"width", std::int64_t{stream.width}},
        {"height", std::int64_t{stream.height}},
        {"fps", rounded(stream.frames_per_second, 10)},
        {"kbit_s", std::round(stream.bits_per_second / 1000)},
        {"gop_s", rounded(to_seconds(stream.key_interval), 100)},
        {"lost_packets", static_cast<std::int64_t>(stream.lost_packets)},
        {"reconnects", static_cast<std::int64_t>(stream.reconnects)},
        {"clock_offset_s",
         stream.clock_offset ? Value(rounded(to_seconds(*stream.clock_offset), 1000)) : Value{}},
        {"last_error", stream.last_error},
    };
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const unsigned second = left > 1 ? bytes[i + 1] : 0;
        const unsigned third = left > 2 ? bytes[i + 2] : 0;
        const unsigned group = unsigned{bytes[i]} << 16U | second << 8U | third;
        out += kLetters[group >> 18U & 63U];
        out += kLetters[group >> 12U & 63U];
        out += left > 1 ? kLetters[group >> 6U & 63U] : '=';
        out += left > 2 ? kLetters[group & 63U] : '=';
    }
    return out;
}

std::string_view field_type(FieldType type) {
    constexpr std::array<std::string_view, 10> kNames{
        "bool",
        "integer",
        "number",
        "text",
        "secret",
        "seconds",
        "bytes",
        "choice",
        "text_list",
        "number_list"
    };
    return kNames.at(static_cast<std::size_t>(type));
}

Value bound(const std::optional<double>& value) {
    return value ? Value(*value) : Value{};
}

Value::Map summary_members(const fleet::FleetCamera& camera, const CameraHealth* health) {
    const CameraConfig& config = camera.config;
    Value::List groups;
    for (const GroupId& group : config.groups) {
        groups.emplace_back(group.value());
    }
    Value::List streams;
    for (const StreamConfig& stream : config.streams) {
        streams.emplace_back(std::string(to_string(stream.role)));
    }
    Value::List zones;
    for (const Zone& zone : config.zones) {
        zones.push_back(Value::Map{
            {"id", zone.id.value()},
            {"name", zone.name.empty() ? zone.id.value() : zone.name},
        });
    }
    Value::Map out{
        {"id", config.id.value()},
        {"name", config.name},
        {"organisation", config.organisation.value()},
        {"groups", std::move(groups)},
        {"tags", texts(config.tags)},
        {"state", condition_name(health)},
        {"is_recorded", config.is_recorded},
        {"is_analysed", config.is_analysed},
        {"has_ptz", config.onvif && config.onvif->has_ptz},
        {"zones", std::move(zones)},
        {"version", camera.version},
        {"streams", std::move(streams)},
    };
    if (Value place = to_value(config.place); !place.is_null()) {
        out.emplace_back("place", std::move(place));
    }
    return out;
}

}  // namespace

Value camera_summary(const fleet::FleetCamera& camera, const CameraHealth* health) {
    return summary_members(camera, health);
}

Value removed_camera_summary(const fleet::FleetCamera& camera) {
    Value::Map out = summary_members(camera, nullptr);
    out.emplace_back("removed", to_iso8601(camera.changed_at));
    out.emplace_back("removed_by", camera.changed_by);
    return out;
}

Value camera_health(const CameraConfig& camera, const CameraHealth* health) {
    static const CameraHealth kUnknown{.words = "it is not at work on this node"};
    const CameraHealth& known = health != nullptr ? *health : kUnknown;
    Value::List streams;
    for (const StreamHealth& stream : known.streams) {
        streams.push_back(stream_health(stream));
    }
    return Value::Map{
        {"camera", camera.id.value()},
        {"name", camera.name},
        {"state", condition_name(health)},
        {"since", to_iso8601(known.since)},
        {"words", known.words},
        {"is_recording", known.is_recording},
        {"level", known.level},
        {"longest_unwatched_s", rounded(to_seconds(known.longest_unwatched), 10)},
        {"streams", std::move(streams)},
        {"faults", texts(known.faults)},
    };
}

Value camera_detail(const fleet::FleetCamera& camera, const CameraHealth* health) {
    return Value::Map{
        {"summary", camera_summary(camera, health)},
        {"config", to_value(camera.config, Secrets::Hidden)},
        {"health", camera_health(camera.config, health)},
        {"version", camera.version},
        {"changed", to_iso8601(camera.changed_at)},
        {"changed_by", camera.changed_by},
    };
}

Value probe_result(const ProbeResult& result) {
    return Value::Map{
        {"is_good", result.is_good},
        {"code", std::string(to_string(result.outcome))},
        {"words", result.words},
        {"codec", codec_name(result.codec)},
        {"width", std::int64_t{result.width}},
        {"height", std::int64_t{result.height}},
        {"fps", rounded(result.frames_per_second, 10)},
        {"kbit_s", std::round(result.bits_per_second / 1000)},
        {"gop_s", rounded(to_seconds(result.key_interval), 100)},
        {"has_audio", false},  // sound is never asked for
        {"still", result.still.empty() ? "" : "data:image/jpeg;base64," + base64(result.still)},
        {"seconds_to_first_picture", rounded(to_seconds(result.first_picture), 100)},
    };
}

Value::List form_fields(const SettingsSchema& schema) {
    Value::List out;
    for (const FieldSpec& field : schema.fields()) {
        out.emplace_back(Value::Map{
            {"name", field.name},
            {"type", std::string(field_type(field.type))},
            {"default", field.fallback},
            {"min", bound(field.min)},
            {"max", bound(field.max)},
            {"choices", texts(field.choices)},
            {"unit", field.unit},
            {"help", field.help},
            {"is_required", field.fallback.is_null() && !field.is_optional},
        });
    }
    return out;
}

net::HttpAnswer value_answer(const Value& value, int status) {
    net::HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", "application/json"}};
    response.body = to_json(value);
    return response;
}

net::HttpAnswer version_answer(const Value& value, std::int64_t version, int status) {
    net::HttpResponse response;
    response.status = status;
    response.headers = {
        {"content-type", "application/json"}, {"etag", '"' + std::to_string(version) + '"'}
    };
    response.body = to_json(value);
    return response;
}

net::HttpAnswer form_refused(const Error& error, const CameraConfig* camera) {
    if (error.kind != ErrorKind::InvalidArgument && error.kind != ErrorKind::AlreadyExists) {
        return problem(error);
    }
    const fleet::FieldProblem found = fleet::field_problem(error, camera);
    return problem(error, {{found.field, found.message, found.code, found.values}});
}

Status require_scope(const Call& call, const CameraConfig& camera) {
    Status allowed =
        identity::authorise(*call.principal, *call.route.right, subject_of(camera), call.purpose);
    if (!allowed && allowed.error().kind == ErrorKind::NotFound) {
        return fail(
            ErrorKind::PermissionDenied,
            "beyond_your_grants"_code,
            "your grants do not reach the organisation '" + camera.organisation.value() +
                "' or these groups"
        );
    }
    return allowed;
}

fleet::Author author_of(const Call& call) {
    return {.who = call.principal->user, .why = identity::to_string(call.purpose)};
}

HealthSnapshotPtr health_of(const ConsoleParts& parts) {
    HealthSnapshotPtr now = parts.health ? parts.health() : nullptr;
    return now ? now : std::make_shared<const HealthSnapshot>();
}

}  // namespace bongsu::console
