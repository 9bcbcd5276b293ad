// Reads the text form of scenarios: one statement per line, indented lines belong to the statement
// above.
#include "behaviours/scenario/scenario.hpp"
#include "behaviours/scenario/scenario_words.hpp"
#include "behaviours/scenario/scripted_second_look.hpp"
#include "core/settings.hpp"

#include <algorithm>
#include <map>

namespace bongsu::behaviours {
namespace {

using Line = ScenarioLine;

class Parser {
public:
    Parser(std::string_view text, std::string_view origin)
        : lines_(lines_of(text)), origin_(origin) {}

    Result<Scenario> parse() {
        scenario_.camera.id = CameraId{"scenario"};
        while (at_ < lines_.size()) {
            BONGSU_TRY(statement());
        }
        if (scenario_.until <= 0) {
            return wrong(lines_.empty() ? Line{} : lines_.back(), "'until SECONDS' is missing");
        }
        return std::move(scenario_);
    }

private:
    std::unexpected<Error> wrong(const Line& line, const std::string& what) const {
        return fail(
            ErrorKind::InvalidArgument,
            std::string(origin_) + ":" + std::to_string(line.number) + ": " + what + " in '" +
                line.text + "'"
        );
    }

    Status statement() {
        using Reader = Status (Parser::*)(const Line&, const Words&);
        static const std::map<std::string, Reader, std::less<>> readers{
            {"camera", &Parser::read_camera},
            {"starts", &Parser::read_start},
            {"time_zone", &Parser::read_zone_of_time},
            {"until", &Parser::read_until},
            {"zone", &Parser::read_zone},
            {"line", &Parser::read_zone},
            {"rule", &Parser::read_rule},
            {"view", &Parser::read_view},
            {"verifier", &Parser::read_verifier},
            {"signal", &Parser::read_signal},
            {"expect", &Parser::read_expectation},
            {"forbid", &Parser::read_expectation},
        };
        const Line line = lines_[at_++];
        const Words words = split(line.text);
        if (line.is_indented) {
            return wrong(line, "indented line without a statement above");
        }
        const auto reader = readers.find(words[0]);
        if (reader != readers.end()) {
            return (this->*reader->second)(line, words);
        }
        if (const auto cls = parse_object_class(words[0])) {
            return read_actor(line, words, *cls);
        }
        return wrong(line, "unknown statement '" + words[0] + "'");
    }

    /// The indented lines that follow.
    std::vector<Line> block() {
        std::vector<Line> lines;
        while (at_ < lines_.size() && lines_[at_].is_indented) {
            lines.push_back(lines_[at_++]);
        }
        return lines;
    }

    Status read_camera(const Line& line, const Words& words) {
        const auto size = words.size() == 5 ? parse_pair(words[1], 'x') : std::nullopt;
        const auto fps = words.size() == 5 ? parse_number(words[3]) : std::nullopt;
        if (!size || !fps || *fps <= 0 || *fps > 100 || words[2] != "at" || words[4] != "fps") {
            return wrong(line, "write 'camera 1280x720 at 5 fps'");
        }
        scenario_.width = static_cast<int>(size->x);
        scenario_.height = static_cast<int>(size->y);
        scenario_.fps = *fps;
        return {};
    }

    Status read_start(const Line& line, const Words& words) {
        if (words.size() != 2) {
            return wrong(line, "write 'starts 2026-03-02T21:59:50+09:00'");
        }
        BONGSU_ASSIGN(scenario_.start, parse_iso8601(words[1]));
        return {};
    }

    Status read_zone_of_time(const Line& line, const Words& words) {
        if (words.size() != 2) {
            return wrong(line, "write 'time_zone Asia/Seoul'");
        }
        BONGSU_ASSIGN(scenario_.time_zone, TimeZone::parse(words[1]));
        return {};
    }

    Status read_until(const Line& line, const Words& words) {
        const auto until = words.size() == 2 ? parse_number(words[1]) : std::nullopt;
        if (!until || *until > 100000) {
            return wrong(line, "write 'until SECONDS'");
        }
        scenario_.until = *until;
        return {};
    }

    Status read_zone(const Line& line, const Words& words) {
        Value::List points;
        for (std::size_t i = 2; i < words.size(); ++i) {
            const auto point = parse_pair(words[i], ',');
            if (!point) {
                return wrong(line, "'" + words[i] + "' is not a point such as 0.3,0.5");
            }
            points.push_back(
                Value::List{static_cast<double>(point->x), static_cast<double>(point->y)}
            );
        }
        if (words.size() < 4 || (words[0] == "line") != (points.size() == 2)) {
            return wrong(line, "a zone needs a name and three points or more, a line two");
        }
        const Value value = Value::Map{{"id", words[1]}, {"points", points}};
        BONGSU_ASSIGN(Zone zone, parse_zone(value, words[0] + " " + words[1]));
        scenario_.camera.zones.push_back(std::move(zone));
        return {};
    }

    /// "rule NAME BEHAVIOUR" and the settings below as YAML.
    Status read_rule(const Line& line, const Words& words) {
        if (words.size() != 3) {
            return wrong(line, "write 'rule NAME BEHAVIOUR' and its settings indented below");
        }
        std::string yaml = "id: " + words[1] + "\nbehaviour: " + words[2] + "\n";
        for (const Line& setting : block()) {
            yaml += setting.text.substr(setting.text.find_first_not_of(" \t")) + "\n";
        }
        const std::string path = std::string(origin_) + ":" + std::to_string(line.number);
        BONGSU_ASSIGN(const Value value, parse_yaml(yaml, path));
        BONGSU_ASSIGN(RuleConfig rule, parse_rule(value, path));
        scenario_.camera.rules.push_back(std::move(rule));
        return {};
    }

    /// "person 1 size 40x100 jitter 3 seed 5 score 0.8" and the way below: "t x y [WxH]" or "gap
    /// FROM TO".
    Status read_actor(const Line& line, const Words& words, ObjectClass cls) {
        const auto id = words.size() > 1 ? parse_number(words[1]) : std::nullopt;
        if (!id || *id < 1) {
            return wrong(line, "a number of the track is needed");
        }
        Actor actor;
        actor.cls = cls;
        actor.id = TrackId{static_cast<std::uint64_t>(*id)};
        actor.seed = static_cast<unsigned>(*id);
        Point size{40, 100};
        for (Options options(words, 2); !options.is_at_end();) {
            const std::string& name = options.name();
            const auto text = options.word();
            const auto value = text ? parse_number(*text) : std::nullopt;
            const auto given_size = text ? parse_pair(*text, 'x') : std::nullopt;
            if (name == "size" && given_size) {
                size = *given_size;
            } else if (name == "jitter" && value) {
                actor.jitter = static_cast<float>(*value);
            } else if (name == "score" && value) {
                actor.score = static_cast<float>(*value);
            } else if (name == "seed" && value) {
                actor.seed = static_cast<unsigned>(*value);
            } else {
                return wrong(line, "expected size WxH, jitter N, score N or seed N");
            }
        }
        for (const Line& step : block()) {
            BONGSU_TRY(read_step(step, size, actor));
        }
        if (actor.way.empty()) {
            return wrong(line, "waypoints 't x y' are needed below");
        }
        scenario_.actors.push_back(std::move(actor));
        return {};
    }

    Status read_step(const Line& line, Point size, Actor& actor) const {
        const Words words = split(line.text);
        if (words[0] == "gap") {
            const auto span = Options(words, 1).span();
            if (!span) {
                return wrong(line, "write 'gap FROM TO'");
            }
            actor.gaps.push_back(*span);
            return {};
        }
        if (words[0] == "pose") {
            return read_posture(line, words, actor);
        }
        const auto t = parse_number(words[0]);
        const auto x = words.size() >= 3 ? parse_number(words[1]) : std::nullopt;
        const auto y = words.size() >= 3 ? parse_number(words[2]) : std::nullopt;
        const auto own_size = words.size() == 4 ? parse_pair(words[3], 'x') : std::optional{size};
        if (!t || !x || !y || !own_size || words.size() > 4) {
            return wrong(line, "write 't x y', 't x y WxH', 'gap FROM TO' or 'pose T POSTURE'");
        }
        if (!actor.way.empty() && *t <= actor.way.back().t) {
            return wrong(line, "waypoints must ascend in time");
        }
        const Point foot{static_cast<float>(*x), static_cast<float>(*y)};
        actor.way.push_back({*t, foot, own_size->x, own_size->y});
        return {};
    }

    Status read_posture(const Line& line, const Words& words, Actor& actor) const {
        const auto t = words.size() == 3 ? parse_number(words[1]) : std::nullopt;
        const bool ascends = t && (actor.postures.empty() || *t > actor.postures.back().t);
        if (!ascends || !body_plan(words[2])) {
            return wrong(
                line,
                "write 'pose T POSTURE', ascending in time, with upright, bent, squatting, "
                "sitting, on_floor, lying or unclear"
            );
        }
        actor.postures.push_back({*t, words[2]});
        return {};
    }

    /// "verifier NAME" and below: "t SURE".
    Status read_verifier(const Line& line, const Words& words) {
        if (words.size() != 2) {
            return wrong(line, "write 'verifier NAME' and 't SURE' indented below");
        }
        for (const Line& step : block()) {
            const Words parts = split(step.text);
            const auto t = parts.size() == 2 ? parse_number(parts[0]) : std::nullopt;
            const auto sure = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
            if (!t || !sure || *sure < 0 || *sure > 1) {
                return wrong(step, "write 't SURE' with SURE between 0 and 1");
            }
            scenario_.verdicts.push_back({words[1], *t, static_cast<float>(*sure)});
        }
        return {};
    }

    /// "view noise 0.05" and below: "t luma 120 contrast 45 ...", "ramp t ...", "identical FROM
    /// TO".
    Status read_view(const Line& line, const Words& words) {
        if (words.size() == 3 && words[1] == "noise" && parse_number(words[2])) {
            scenario_.view_noise = static_cast<float>(*parse_number(words[2]));
        } else if (words.size() != 1) {
            return wrong(line, "write 'view' or 'view noise SHARE'");
        }
        ViewQuality now{
            .mean_luma = 120,
            .contrast = 45,
            .sharpness = 12,
            .background_similarity = 0.8F,
            .change = 1
        };
        for (const Line& step : block()) {
            const Words parts = split(step.text);
            if (parts[0] == "identical") {
                const auto span = Options(parts, 1).span();
                if (!span) {
                    return wrong(step, "write 'identical FROM TO'");
                }
                scenario_.identical.push_back(*span);
                continue;
            }
            const std::size_t first = parts[0] == "ramp" ? 1 : 0;
            const auto t = parts.size() > first ? parse_number(parts[first]) : std::nullopt;
            if (!t || !read_figures(parts, first + 1, now)) {
                return wrong(step, "write 't luma N contrast N sharpness N similarity N change N'");
            }
            scenario_.views.push_back({*t, now, first == 1});
        }
        return {};
    }

    static bool read_figures(const Words& words, std::size_t from, ViewQuality& quality) {
        static const std::map<std::string, float ViewQuality::*, std::less<>> figures{
            {"luma", &ViewQuality::mean_luma},
            {"contrast", &ViewQuality::contrast},
            {"sharpness", &ViewQuality::sharpness},
            {"similarity", &ViewQuality::background_similarity},
            {"change", &ViewQuality::change},
        };
        for (Options options(words, from); !options.is_at_end();) {
            const auto figure = figures.find(options.name());
            const auto value = options.next_number();
            if (figure == figures.end() || !value) {
                return false;
            }
            quality.*(figure->second) = static_cast<float>(*value);
        }
        return true;
    }

    Status read_signal(const Line& line, const Words& words) {
        const auto span =
            words.size() == 4 && words[1] == "lost" ? Options(words, 2).span() : std::nullopt;
        if (!span) {
            return wrong(line, "write 'signal lost FROM TO'");
        }
        scenario_.signal_lost.push_back(*span);
        return {};
    }

    /// "expect [end] KIND from A to B [rule R] [zone Z] [track N] [started A B] [due A B] [detail
    /// TEXT]".
    Status read_expectation(const Line& line, const Words& words) {
        Expectation expectation{.line = line.number, .text = line.text};
        Options options(words, 1);
        auto kind = options.word();
        if (kind == "end") {
            expectation.is_end = true;
            kind = options.word();
        }
        if (!kind) {
            return wrong(line, "the kind of event is missing");
        }
        expectation.kind = *kind;
        while (!options.is_at_end()) {
            if (!read_condition(options, expectation)) {
                return wrong(
                    line,
                    "expected from A, to B, rule R, zone Z, track N, started A B, due A B or "
                    "detail TEXT"
                );
            }
        }
        auto& list = words[0] == "expect" ? scenario_.expected : scenario_.forbidden;
        list.push_back(std::move(expectation));
        return {};
    }

    static bool read_condition(Options& options, Expectation& expectation) {
        const std::string& name = options.name();
        if (name == "started" || name == "due") {
            const auto span = options.span();
            (name == "due" ? expectation.due : expectation.started) = span;
            return span.has_value();
        }
        const auto text = options.word();
        const auto value = text ? parse_number(*text) : std::nullopt;
        if (name == "from" && value) {
            expectation.raised.from = *value;
        } else if (name == "to" && value) {
            expectation.raised.to = *value;
        } else if (name == "rule" && text) {
            expectation.rule = RuleId{*text};
        } else if (name == "zone" && text) {
            expectation.zone = ZoneId{*text};
        } else if (name == "track" && value) {
            expectation.track = TrackId{static_cast<std::uint64_t>(*value)};
        } else if (name == "detail" && text) {
            expectation.detail = *text;
        } else {
            return false;
        }
        return true;
    }

    std::vector<Line> lines_;
    std::string_view origin_;
    std::size_t at_ = 0;
    Scenario scenario_;
};

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, std::string_view origin) {
    return Parser(text, origin).parse();
}

}  // namespace bongsu::behaviours
