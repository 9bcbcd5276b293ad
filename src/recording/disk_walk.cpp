#include "recording/disk_walk.hpp"

#include "recording/disk.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace bongsu::recording {
namespace {

namespace fs = std::filesystem;

Result<std::vector<std::string>> subfolders(const std::string& root, const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at(root + "/" + folder, error), end; !error && at != end;
         at.increment(error)) {
        std::error_code ignored;
        if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
            names.push_back((folder.empty() ? "" : folder + "/") + at->path().filename().string());
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(disk_error("list folder", root + "/" + folder, error.value()));
    }
    std::ranges::sort(names);
    return names;
}

bool is_day(const std::string& name) {
    constexpr std::string_view kShape = "dddd-dd-dd";
    return std::ranges::equal(name, kShape, [](char c, char shape) {
        return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
    });
}

}  // namespace

Result<std::vector<DayFolder>> day_folders(const std::string& root) {
    std::vector<std::string> streams{""};
    for (int level = 0; level < 3; ++level) {  // organisation, camera, role
        std::vector<std::string> deeper;
        for (const std::string& folder : streams) {
            BONGSU_ASSIGN(const auto names, subfolders(root, folder));
            deeper.insert(deeper.end(), names.begin(), names.end());
        }
        streams = std::move(deeper);
    }
    std::vector<DayFolder> days;
    for (const std::string& stream : streams) {
        BONGSU_ASSIGN(const auto folders, subfolders(root, stream));
        for (const std::string& folder : folders) {
            const std::string day = fs::path(folder).filename().string();
            if (is_day(day)) {
                days.push_back({.path = folder, .stream = stream, .day = day});
            }
        }
    }
    return days;
}

Result<std::vector<FoundFile>> files_in(
    const std::string& root, const std::string& folder, const std::string& suffix
) {
    std::vector<FoundFile> files;
    std::error_code error;
    for (fs::directory_iterator at(root + "/" + folder, error), end; !error && at != end;
         at.increment(error)) {
        std::error_code ignored;
        const std::string name = at->path().filename().string();
        if (name.ends_with(suffix) && at->is_regular_file(ignored)) {
            files.push_back(
                {.path = folder + "/" + name,
                 .bytes = static_cast<std::int64_t>(at->file_size(ignored))}
            );
        }
    }
    if (error) {
        return fail(disk_error("list folder", root + "/" + folder, error.value()));
    }
    std::ranges::sort(files, {}, &FoundFile::path);
    return files;
}

}  // namespace bongsu::recording
