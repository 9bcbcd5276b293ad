#include "fleet/field_problem.hpp"

#include <algorithm>
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

/// Takes the key of "unknown_field" out of the values; it belongs to the end of the path.
std::string take_key(ErrorValues& values) {
    const auto found =
        std::ranges::find(values, std::string_view("key"), &ErrorValues::value_type::first);
    if (found == values.end()) {
        return {};
    }
    std::string key = std::move(found->second);
    values.erase(found);
    return key;
}

}  // namespace

FieldProblem field_problem(const Error& error, const CameraConfig* camera) {
    std::string_view message = error.message;
    std::string_view path = leading_path(message);
    FieldProblem problem{
        .field = "",
        .code = error.reason().code,
        .message = error.describe(),
        .values = error.reason().values
    };
    const std::string key = take_key(problem.values);
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
    if (!key.empty()) {
        problem.field += (problem.field.empty() ? "" : ".") + key;
    }
    return problem;
}

}  // namespace bongsu::fleet
