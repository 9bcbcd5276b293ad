#include "eval/kisa/clip_file.hpp"

#include "core/xml_text.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 4U << 20U;
constexpr std::size_t kMostAlarms = 10'000;

std::string clock_time(int seconds) {
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

Result<KisaAlarm> parse_alarm(const pugi::xml_node& node, std::string_view origin) {
    const auto start = parse_clock_time(node.child_value("StartTime"));
    if (!start) {
        return fail(start.error().within(fmt::format("{}: StartTime", origin)));
    }
    const std::string_view duration = node.child_value("AlarmDuration");
    const auto length = duration.empty() ? Result<int>(0) : parse_clock_time(duration);
    if (!length) {
        return fail(length.error().within(fmt::format("{}: AlarmDuration", origin)));
    }
    return KisaAlarm{
        .event = node.child_value("AlarmDescription"), .start = *start, .duration = *length
    };
}

}  // namespace

Result<int> parse_clock_time(std::string_view text) {
    std::array<int, 3> parts{};
    std::string_view rest = text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string_view word = rest.substr(0, rest.find(':'));
        const bool is_short = !word.empty() && word.size() <= 2;
        const auto [end, error] =
            std::from_chars(word.data(), word.data() + word.size(), parts.at(i));
        const bool is_last = i + 1 == parts.size();
        if (!is_short || error != std::errc{} || end != word.data() + word.size() ||
            parts.at(i) < 0 || (i > 0 && parts.at(i) > 59) ||
            is_last != (word.size() == rest.size())) {
            return fail(
                ErrorKind::Corrupt, fmt::format("'{}' is not HH:MM:SS", text.substr(0, 20))
            );
        }
        rest.remove_prefix(is_last ? rest.size() : word.size() + 1);
    }
    return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

Result<KisaClip> parse_kisa_clip(std::string_view xml, std::string_view origin) {
    if (xml.size() > kLargestFile) {
        return fail(ErrorKind::Corrupt, fmt::format("{} is larger than 4 MiB", origin));
    }
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size());
    if (!parsed) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format("{}: {} at byte {}", origin, parsed.description(), parsed.offset)
        );
    }
    const pugi::xml_node node = document.child("KisaLibraryIndex").child("Library").child("Clip");
    if (!node) {
        return fail(
            ErrorKind::Corrupt, fmt::format("{}: there is no KisaLibraryIndex/Library/Clip", origin)
        );
    }
    KisaClip clip;
    clip.file_name = node.child("Header").child_value("Filename");
    clip.duration = parse_clock_time(node.child("Header").child_value("Duration")).value_or(0);
    for (const pugi::xml_node& alarm : node.child("Alarms").children("Alarm")) {
        if (clip.alarms.size() == kMostAlarms) {
            return fail(
                ErrorKind::Corrupt, fmt::format("{}: more than {} alarms", origin, kMostAlarms)
            );
        }
        BONGSU_ASSIGN(KisaAlarm read, parse_alarm(alarm, origin));
        clip.alarms.push_back(std::move(read));
    }
    return clip;
}

std::string write_kisa_result(const KisaClip& clip) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KisaLibraryIndex>\n<Library>\n<Clip>\n"
        "<Header>\n<AlarmEvents>{}</AlarmEvents>\n<Filename>{}</Filename>\n</Header>\n<Alarms>",
        clip.alarms.size(),
        escape_xml(clip.file_name)
    );
    for (const KisaAlarm& alarm : clip.alarms) {
        out += fmt::format(
            "\n<Alarm>\n<StartTime>{}</StartTime>\n<AlarmDescription>{}</AlarmDescription>\n"
            "<AlarmDuration>{}</AlarmDuration>\n</Alarm>\n",
            clock_time(alarm.start),
            escape_xml(alarm.event),
            clock_time(alarm.duration)
        );
    }
    return out + "</Alarms>\n</Clip>\n</Library>\n</KisaLibraryIndex>\n";
}

}  // namespace bongsu::eval
