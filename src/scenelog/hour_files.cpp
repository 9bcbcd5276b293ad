#include "scenelog/hour_files.hpp"

#include "core/log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace bongsu::scenelog {
namespace {

constexpr std::size_t kLongestName = 64;

/// Camera ids are [a-z0-9_-]{1,64}; anything else must not become part of a path.
bool is_file_name(std::string_view id) {
    return !id.empty() && id.size() <= kLongestName && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

std::string folder_name(Hour hour) {
    const auto time = std::chrono::sys_time<std::chrono::hours>{std::chrono::hours{hour}};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    std::array<char, 32> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%04d%02u%02u%02d",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>((time - day).count())
    );
    return text.data();
}

std::optional<Hour> parse_folder(const std::string& name) {
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (name.size() != 10 || error != std::errc{} || end != name.data() + name.size()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{number / 1'000'000},
        std::chrono::month{static_cast<unsigned>(number / 10'000 % 100)},
        std::chrono::day{static_cast<unsigned>(number / 100 % 100)}
    };
    if (!date.ok() || number % 100 > 23) {
        return std::nullopt;
    }
    const std::chrono::hours day = std::chrono::sys_days{date}.time_since_epoch();
    return day.count() + number % 100;
}

Error disk_error(const std::string& what, const std::filesystem::path& path, int number) {
    const bool is_full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    const bool is_denied = number == EACCES || number == EPERM || number == EROFS;
    const ErrorKind kind = is_full     ? ErrorKind::ResourceExhausted
                           : is_denied ? ErrorKind::PermissionDenied
                                       : ErrorKind::Unavailable;
    const std::string reason = std::generic_category().message(number);
    return {kind, "cannot " + what + " " + path.string() + ": " + reason, nullptr};
}

std::int64_t bytes_below(const std::filesystem::path& folder) {
    std::int64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const auto size = entry.file_size(error);
        bytes += error ? 0 : static_cast<std::int64_t>(size);
    }
    return bytes;
}

}  // namespace

Hour hour_of(WallTime time) {
    return std::chrono::floor<std::chrono::hours>(time.time_since_epoch()).count();
}

WallTime start_of(Hour hour) {
    return WallTime{std::chrono::hours{hour}};
}

Result<std::filesystem::path> scene_file(
    const std::filesystem::path& root, Hour hour, const CameraId& camera
) {
    if (!is_file_name(camera.value())) {
        return fail(
            ErrorKind::InvalidArgument,
            "'" + camera.value() + "' is no camera id: letters, digits, '_' and '-', at most 64"
        );
    }
    return root / folder_name(hour) / (camera.value() + ".scenes");
}

Result<HourFiles> HourFiles::open(const std::filesystem::path& root) {
    std::error_code error;
    std::filesystem::create_directories(root, error);
    if (error) {
        return fail(disk_error("make the folder", root, error.value()));
    }
    HourFiles files(root);
    std::filesystem::directory_iterator entries(root, error);
    if (error) {
        return fail(disk_error("read the folder", root, error.value()));
    }
    for (const auto& entry : entries) {
        if (const auto hour = parse_folder(entry.path().filename().string())) {
            files.hours_[*hour] = bytes_below(entry.path());
        }
    }
    return files;
}

Status HourFiles::append(Hour hour, const CameraId& camera, Bytes block) {
    BONGSU_ASSIGN(const std::filesystem::path path, scene_file(root_, hour, camera));
    constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    constexpr mode_t kMode = 0640;
    int file = ::open(path.c_str(), kFlags, kMode);
    if (file < 0 && errno == ENOENT) {
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        file = ::open(path.c_str(), kFlags, kMode);
    }
    if (file < 0) {
        return fail(disk_error("open", path, errno));
    }
    std::size_t written = 0;
    int problem = 0;
    while (written < block.size() && problem == 0) {
        const ssize_t n = ::write(file, block.data() + written, block.size() - written);
        if (n > 0) {
            written += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            problem = n < 0 ? errno : EIO;
        }
    }
    ::close(file);
    hours_[hour] += static_cast<std::int64_t>(written);
    if (problem != 0) {
        return fail(disk_error("write", path, problem));
    }
    return {};
}

std::size_t HourFiles::retire(WallTime keep_from, std::int64_t keep_bytes) {
    std::size_t removed = 0;
    const auto is_over = [&] {
        return hours_.size() > 1 && (start_of(hours_.begin()->first + 1) <= keep_from ||
                                     (keep_bytes > 0 && bytes() > keep_bytes));
    };
    while (is_over() && remove_oldest()) {
        ++removed;
    }
    return removed;
}

bool HourFiles::remove_oldest() {
    const auto oldest = hours_.begin();
    const std::filesystem::path folder = root_ / folder_name(oldest->first);
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    if (error) {
        log::warn(
            "scenelog.cannot_remove", {{"folder", folder.string()}, {"why", error.message()}}
        );
        return false;
    }
    hours_.erase(oldest);
    return true;
}

std::int64_t HourFiles::bytes() const {
    std::int64_t bytes = 0;
    for (const auto& [hour, size] : hours_) {
        bytes += size;
    }
    return bytes;
}

}  // namespace bongsu::scenelog
