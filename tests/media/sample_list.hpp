#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace bongsu::tests {

/// One stream of the measuring data, as its manifest tells it.
struct MediaSample {
    std::string name;
    std::string path;
    std::string codec;  ///< as ffprobe names it; empty when it found none
    bool is_damaged = false;
    int frames = 0;       ///< that ffmpeg decodes
    int error_lines = 0;  ///< that ffmpeg writes on it

    bool is_recordable() const { return codec == "h264" || codec == "hevc"; }
};

/// The fields of one line of a CSV file; a field may stand in double quotes.
inline std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

/// Empty when BONGSU_DATA names no measuring data.
inline std::vector<MediaSample> media_samples() {
    constexpr std::size_t kColumns = 9;
    std::vector<MediaSample> samples;
    const char* data = std::getenv("BONGSU_DATA");  // NOLINT(concurrency-mt-unsafe)
    if (data == nullptr) {
        return samples;
    }
    const std::filesystem::path folder = std::filesystem::path(data) / "media";
    std::ifstream manifest(folder / "manifest.csv");
    std::string line;
    std::getline(manifest, line);
    while (std::getline(manifest, line)) {
        const std::vector<std::string> fields = fields_of(line);
        if (fields.size() == kColumns) {
            samples.push_back(
                {.name = fields[0],
                 .path = (folder / fields[0]).string(),
                 .codec = fields[4],
                 .is_damaged = fields[0].starts_with("corrupt/"),
                 .frames = std::atoi(fields[7].c_str()),
                 .error_lines = std::atoi(fields[8].c_str())}
            );
        }
    }
    return samples;
}

}  // namespace bongsu::tests
