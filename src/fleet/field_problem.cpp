#include "fleet/field_problem.hpp"

#include "fleet/known_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace bongsu::fleet {
namespace {

/// The dotted path that a message begins with; "" when it begins with a sentence.
std::string_view leading_path(std::string_view message) {
    const std::size_t end = message.find_first_of(" :");
    const std::string_view word = message.substr(0, end);
    const bool is_path = word.find_first_of(".[") != std::string_view::npos ||
                         (end != std::string_view::npos && message[end] == ':');
    const bool has_good_letters = std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.' || c == '[' || c == ']';
    });
    return is_path && has_good_letters ? word : std::string_view{};
}

/// "rules.fence.dwell" becomes "rules[2].dwell".
std::string numbered(std::string_view path, const CameraConfig& camera) {
    constexpr std::string_view kRules = "rules.";
    if (!path.starts_with(kRules)) {
        return std::string(path);
    }
    const std::string_view rest = path.substr(kRules.size());
    const std::string_view name = rest.substr(0, rest.find('.'));
    for (std::size_t i = 0; i < camera.rules.size(); ++i) {
        if (camera.rules[i].id.value() == name) {
            return "rules[" + std::to_string(i) + "]" + std::string(rest.substr(name.size()));
        }
    }
    return std::string(path);
}

/// The checks themselves know no codes: their messages are for configuration files too.
constexpr std::array<KnownWords, 56> kKnown{{
    {"is given twice", "given_twice"},
    {"is taken by another camera", "id_taken"},
    {"cannot change; add a new camera", "id_changed"},
    {"needs either url or streams", "address_missing"},
    {"needs exactly one main stream", "address_missing"},
    {"a position needs latitude and longitude", "half_a_position"},
    {"which does not exist; add the group", "unknown_group"},
    {"a group of the organisation", "group_of_another_organisation"},
    {"must be 1 to 64 characters of a-z", "bad_id"},
    {"has control characters", "bad_text"},
    {"bytes long; allowed are", "too_long"},
    {"; allowed is ", "out_of_range"},
    {"unknown key '", "unknown_field"},
    {"names another host", "hidden_secret"},
    {"which stands for a stored password", "hidden_secret"},
    {"was changed meanwhile", "changed_meanwhile"},
    {"larger than 8 MiB", "file_too_large"},
    {"more than 20000 rows", "file_too_long"},
    {"more than 64 columns", "file_too_wide"},
    {"neither UTF-8 nor CP949", "file_of_unknown_letters"},
    {"it holds zero bytes", "file_no_text"},
    {"a quote is opened", "file_open_quote"},
    {"the file is empty", "file_empty"},
    {"names no column 'id'", "file_without_ids"},
    {"the edges of the zone cross", "zone_crosses_itself"},
    {"the zone has no area", "zone_without_area"},
    {"the line has no length", "line_without_length"},
    {"lies outside the picture", "outside_the_picture"},
    {"needs three points", "too_few_points"},
    {".points needs two points", "too_few_points"},
    {" needs a line (", "needs_a_line"},
    {"needs at least one line", "needs_a_line"},
    {" needs an area (", "needs_an_area"},
    {"looks at the whole picture", "whole_picture_only"},
    {"' has no zone '", "unknown_zone"},
    {"is not among the zones of the rule", "unknown_zone"},
    {"two rules have the id", "given_twice"},
    {".behaviour: '", "unknown_behaviour"},
    {".classes is empty", "no_classes"},
    {"must ascend", "must_ascend"},
    {"give count, density or both", "count_or_density"},
    {"belongs to one zone", "one_zone_only"},
    {"far_row, far_height, near_row and near_height", "heights_wrong"},
    {"write days and hours such as", "bad_schedule"},
    {"time zone '", "bad_time_zone"},
    {"must name the camera, such as", "address_without_host"},
    {" entries; allowed are", "too_many_entries"},
    {"take them out first", "group_in_use"},
    {"cannot change while cameras are in the group", "group_in_use"},
    {"group.id cannot change", "id_changed"},
    {"' is taken", "id_taken"},
    {" must be one of ", "not_one_of"},
    {" is required", "missing"},
    {"must be ", "wrong_kind"},
    {" is missing", "missing"},
    {" is empty", "missing"},
}};

/// The bounds in "... is 91 deg; allowed is -90 to 90"; nothing where a side has none.
std::vector<std::pair<std::string, std::string>> bounds_in(std::string_view message) {
    constexpr std::string_view kStart = "; allowed is ";
    constexpr std::string_view kBetween = " to ";
    const std::size_t at = message.find(kStart);
    const std::size_t between = message.find(kBetween, at);
    if (at == std::string_view::npos || between == std::string_view::npos) {
        return {};
    }
    const auto word = [](std::string_view text) {
        return std::string(text.substr(0, text.find_first_of(" :;,")));
    };
    const std::string low = word(message.substr(at + kStart.size()));
    const std::string high = word(message.substr(between + kBetween.size()));
    if (low == "any" || high == "any") {
        return {};
    }
    return {{"min", low}, {"max", high}};
}

/// The key in "unknown key 'dwel'", "'dwel' ..." that belongs to the end of a path.
std::string_view unknown_key_in(std::string_view message) {
    constexpr std::string_view kStart = "unknown key '";
    const std::size_t at = message.find(kStart);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = message.substr(at + kStart.size());
    return rest.substr(0, rest.find('\''));
}

}  // namespace

std::string_view code_in(std::string_view message) {
    const std::string_view code = code_among(kKnown, message);
    return code.empty() ? "refused" : code;
}

FieldProblem field_problem(const Error& error, const CameraConfig* camera) {
    std::string_view message = error.message;
    std::string_view path = leading_path(message);
    FieldProblem problem{
        .field = "",
        .code = code_in(message),
        .message = error.describe(),
        .values = bounds_in(message)
    };
    if (path.empty()) {
        return problem;
    }
    if (path == "camera" || path.starts_with("camera.")) {
        path.remove_prefix(std::min(path.size(), std::string_view("camera.").size()));
    } else if (camera != nullptr) {
        const std::string own = "cameras." + camera->id.value() + ".";
        path.remove_prefix(path.starts_with(own) ? own.size() : 0);
    }
    problem.field = camera != nullptr ? numbered(path, *camera) : std::string(path);
    if (const std::string_view key = unknown_key_in(message); !key.empty()) {
        problem.field += (problem.field.empty() ? "" : ".") + std::string(key);
    }
    return problem;
}

}  // namespace bongsu::fleet
