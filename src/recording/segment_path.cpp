#include "recording/segment_path.hpp"

#include "recording/marks.hpp"

#include <array>
#include <cctype>
#include <cstdio>

namespace bongsu::recording {
namespace {

std::string folder_name(const std::string& name) {
    if (name.empty()) {
        return "_";
    }
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '_' || c == '-') {
            text += c;
            continue;
        }
        std::array<char, 4> code{};
        std::snprintf(code.data(), code.size(), "%%%02x", byte);
        text += code.data();
    }
    return text;
}

}  // namespace

std::string day_folder(const StreamPlace& place, WallTime start) {
    return folder_name(place.organisation.value()) + "/" + folder_name(place.camera.value()) + "/" +
           std::string(to_string(place.role)) + "/" + day_of(start);
}

std::string segment_path(const StreamPlace& place, WallTime start, int attempt) {
    const std::string time = to_iso8601(start);  // 2026-11-21T22:40:05.123Z
    const std::string name =
        time.substr(11, 2) + time.substr(14, 2) + time.substr(17, 2) + "_" + time.substr(20, 3);
    return day_folder(place, start) + "/" + name +
           (attempt > 1 ? "_" + std::to_string(attempt) : "") + ".mp4";
}

}  // namespace bongsu::recording
