#include "eval/zones/scenario.hpp"

#include "eval/mot/sequence.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 16U << 20U;
constexpr const char* kLine = "line";

std::optional<double> number_of(const Value* value) {
    if (value == nullptr) {
        return std::nullopt;
    }
    if (const auto* whole = value->as_integer()) {
        return static_cast<double>(*whole);
    }
    if (const auto* real = value->as_double()) {
        return *real;
    }
    return std::nullopt;
}

/// Takes required members of one sequence; remembers the first that is missing.
class Reader {
public:
    Reader(const Value& map, std::string path) : map_(map), path_(std::move(path)) {}

    double number(std::string_view key) {
        const auto value = number_of(map_.find(key));
        if (!value) {
            miss(key);
        }
        return value.value_or(0);
    }

    std::string text(std::string_view key) {
        const Value* value = map_.find(key);
        const std::string* found = value == nullptr ? nullptr : value->as_text();
        if (found == nullptr) {
            miss(key);
        }
        return found == nullptr ? "" : *found;
    }

    std::string text_or_empty(std::string_view key) const {
        const Value* value = map_.find(key);
        const std::string* found = value == nullptr ? nullptr : value->as_text();
        return found == nullptr ? "" : *found;
    }

    void miss(std::string_view key) {
        if (missing_.empty()) {
            missing_ = key;
        }
    }

    Status status() const {
        if (missing_.empty()) {
            return {};
        }
        return fail(
            ErrorKind::Corrupt, fmt::format("{}: '{}' is missing or ill-typed", path_, missing_)
        );
    }

private:
    const Value& map_;
    std::string path_;
    std::string missing_;
};

/// [[x,y], ...] in pixels, normalised.
Result<Polygon> parse_corners(
    const Value& value, double width, double height, const std::string& path
) {
    Polygon corners;
    const Value::List* points = value.as_list();
    for (const Value& point : points == nullptr ? Value::List{} : *points) {
        const Value::List* pair = point.as_list();
        const bool is_pair = pair != nullptr && pair->size() == 2;
        const auto x = is_pair ? number_of(&pair->front()) : std::nullopt;
        const auto y = is_pair ? number_of(&pair->back()) : std::nullopt;
        if (!x || !y) {
            return fail(ErrorKind::Corrupt, path + ": points must be [x,y]");
        }
        corners.push_back({static_cast<float>(*x / width), static_cast<float>(*y / height)});
    }
    if (corners.size() < 2) {
        return fail(ErrorKind::Corrupt, path + ": at least two points are needed");
    }
    return corners;
}

RuleConfig rule(const std::string& behaviour, std::vector<ZoneId> zones, Value::Map settings) {
    return {
        .id = RuleId{behaviour},
        .behaviour = behaviour,
        .gravity = 3,
        .zones = std::move(zones),
        .schedule = {},
        .settings = Value(std::move(settings)),
    };
}

Result<CameraConfig> parse_camera_of(
    const Value& sequence, Reader& reader, const std::string& path
) {
    CameraConfig camera;
    camera.id = CameraId{"eval"};
    const double width = reader.number("W");
    const double height = reader.number("H");
    const double dwell = reader.number("loiter_s");
    const double crowd = reader.number("crowd_n");
    BONGSU_TRY(reader.status());
    std::vector<ZoneId> areas;
    const Value* zones = sequence.find("zones");
    const Value::Map* named = zones == nullptr ? nullptr : zones->as_map();
    for (const auto& [name, points] : named == nullptr ? Value::Map{} : *named) {
        BONGSU_ASSIGN(Polygon corners, parse_corners(points, width, height, path + "." + name));
        camera.zones.push_back({.id = ZoneId{name}, .name = name, .corners = std::move(corners)});
        areas.emplace_back(name);
    }
    if (!areas.empty()) {
        camera.rules.push_back(rule("intrusion", areas, {}));
        camera.rules.push_back(rule("loitering", areas, {{"dwell", dwell}}));
    }
    if (const Value* line = sequence.find("line"); line != nullptr && !line->is_null()) {
        BONGSU_ASSIGN(Polygon ends, parse_corners(*line, width, height, path + ".line"));
        camera.zones.push_back({.id = ZoneId{kLine}, .name = kLine, .corners = std::move(ends)});
        camera.rules.push_back(rule("line_crossing", {ZoneId{kLine}}, {}));
    }
    // The file's crowding begins when the people have been there for one second.
    camera.rules.push_back(
        rule("crowding", {}, {{"count", static_cast<std::int64_t>(crowd)}, {"hold", 1.0}})
    );
    return camera;
}

Result<ZoneEvent> parse_event(const Value& value, const std::string& path) {
    Reader reader(value, path);
    ZoneEvent event;
    event.type = reader.text("type");
    if (event.type == "line_cross") {
        event.type = "line_crossing";
        event.start = reader.number("t_s");
        event.end = event.start;
        event.due = event.start;
    } else {
        event.start = reader.number("start_s");
        event.end = reader.number("end_s");
        event.due = event.type == "loitering" ? reader.number("alarm_due_s") : event.start;
    }
    event.zone = reader.text_or_empty("zone");
    event.person = reader.text_or_empty("id");
    BONGSU_TRY(reader.status());
    return event;
}

void parse_counts(const Value& sequence, std::map<int, int>& people) {
    const Value* counts = sequence.find("count_per_frame");
    const Value::Map* by_frame = counts == nullptr ? nullptr : counts->as_map();
    for (const auto& [frame, count] : by_frame == nullptr ? Value::Map{} : *by_frame) {
        int number = 0;
        std::from_chars(frame.data(), frame.data() + frame.size(), number);
        people[number] = static_cast<int>(number_of(&count).value_or(0));
    }
}

Result<ZoneScenario> parse_scenario(
    const std::string& name, const Value& sequence, const std::filesystem::path& folder
) {
    const std::string path = "sequences." + name;
    Reader reader(sequence, path);
    ZoneScenario scenario;
    scenario.name = name;
    scenario.sequence = folder / reader.text("sequence");
    scenario.frame_rate = reader.number("fps");
    BONGSU_ASSIGN(scenario.camera, parse_camera_of(sequence, reader, path));
    parse_counts(sequence, scenario.people);
    const Value* events = sequence.find("events");
    const Value::List* list = events == nullptr ? nullptr : events->as_list();
    if (list == nullptr) {
        reader.miss("events");
    }
    BONGSU_TRY(reader.status());
    for (const Value& event : *list) {
        BONGSU_ASSIGN(ZoneEvent parsed, parse_event(event, path + ".events"));
        scenario.truth.push_back(std::move(parsed));
    }
    return scenario;
}

}  // namespace

Result<std::vector<ZoneScenario>> parse_scenarios(
    std::string_view json, const std::filesystem::path& folder
) {
    BONGSU_ASSIGN(const Value document, parse_yaml(json, "events.json"));
    const Value* sequences = document.find("sequences");
    const Value::Map* named = sequences == nullptr ? nullptr : sequences->as_map();
    if (named == nullptr) {
        return fail(ErrorKind::Corrupt, "events.json: 'sequences' is missing");
    }
    std::vector<ZoneScenario> scenarios;
    for (const auto& [name, sequence] : *named) {
        BONGSU_ASSIGN(ZoneScenario scenario, parse_scenario(name, sequence, folder));
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

Result<std::vector<ZoneScenario>> load_scenarios(const std::filesystem::path& file) {
    BONGSU_ASSIGN(const std::string json, read_text_file(file, kLargestFile));
    return parse_scenarios(json, file.parent_path());
}

}  // namespace bongsu::eval
