#include "recording/disk.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr std::size_t kPiecesPerCall = 512;  // IOV_MAX is 1024 on Linux

ErrorKind kind_of(int number) {
    switch (number) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return ErrorKind::ResourceExhausted;
        case EACCES:
        case EPERM:
        case EROFS:
            return ErrorKind::PermissionDenied;
        case ENOENT:
            return ErrorKind::NotFound;
        case EEXIST:
            return ErrorKind::AlreadyExists;
        default:
            return ErrorKind::Unavailable;
    }
}

}  // namespace

Error disk_error(const std::string& what, const std::string& path, int number) {
    return {
        kind_of(number),
        "cannot " + what + " " + path + ": " + std::generic_category().message(number),
        nullptr
    };
}

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        close();
        number_ = other.release();
    }
    return *this;
}

void Fd::close() {
    if (number_ >= 0) {
        ::close(std::exchange(number_, -1));
    }
}

int Fd::release() {
    return std::exchange(number_, -1);
}

Result<Fd> open_file(const std::string& path, int flags) {
    constexpr mode_t kOwnerWritesGroupReads = 0640;
    Fd file(::open(path.c_str(), flags | O_CLOEXEC, kOwnerWritesGroupReads));
    if (!file.is_open()) {
        return fail(disk_error("open", path, errno));
    }
    return file;
}

Status write_all(const Fd& file, std::span<const Bytes> pieces, const std::string& path) {
    std::array<iovec, kPiecesPerCall> vectors{};
    std::size_t skip = 0;  // bytes of the first piece that are written already
    while (!pieces.empty()) {
        const std::size_t count = std::min(pieces.size(), vectors.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Bytes piece = i == 0 ? pieces[i].subspan(skip) : pieces[i];
            vectors[i] = {
                const_cast<std::uint8_t*>(piece.data()), piece.size()
            };  // NOLINT: writev only reads
        }
        const ssize_t written = ::writev(file.get(), vectors.data(), static_cast<int>(count));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return fail(disk_error("write", path, errno));
        }
        std::size_t done = static_cast<std::size_t>(written) + skip;
        while (!pieces.empty() && done >= pieces.front().size()) {
            done -= pieces.front().size();
            pieces = pieces.subspan(1);
        }
        skip = done;
    }
    return {};
}

Status sync_folder(const std::string& folder) {
    BONGSU_ASSIGN(const Fd handle, open_file(folder, O_RDONLY | O_DIRECTORY));
    if (::fsync(handle.get()) != 0) {
        return fail(disk_error("sync folder", folder, errno));
    }
    return {};
}

Status make_folders(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(disk_error("make folder", folder, error.value()));
    }
    return {};
}

Result<std::int64_t> free_bytes(const std::string& folder) {
    struct statvfs figures{};
    if (::statvfs(folder.c_str(), &figures) != 0) {
        return fail(disk_error("ask for the free space of", folder, errno));
    }
    return static_cast<std::int64_t>(figures.f_bavail) *
           static_cast<std::int64_t>(figures.f_frsize);
}

FileSource::FileSource(Fd file, std::uint64_t size, std::string path)
    : file_(std::move(file)), size_(size), path_(std::move(path)) {}

Result<FileSource> FileSource::open(const std::string& path) {
    BONGSU_ASSIGN(Fd file, open_file(path, O_RDONLY));
    struct stat figures{};
    if (::fstat(file.get(), &figures) != 0) {
        return fail(disk_error("examine", path, errno));
    }
    return FileSource(std::move(file), static_cast<std::uint64_t>(figures.st_size), path);
}

Status FileSource::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    while (!into.empty()) {
        const ssize_t got =
            ::pread(file_.get(), into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(disk_error("read", path_, errno));
        }
        if (got == 0) {
            return fail(ErrorKind::Corrupt, path_ + " ends at byte " + std::to_string(offset));
        }
        into = into.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

}  // namespace bongsu::recording
