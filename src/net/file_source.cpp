#include "net/file_source.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bongsu::net {
namespace {

constexpr std::size_t kPiece = std::size_t{256} * 1024;

std::unexpected<Error> file_error(const std::filesystem::path& path, int code) {
    const auto kind = code == ENOENT   ? ErrorKind::NotFound
                      : code == EACCES ? ErrorKind::PermissionDenied
                                       : ErrorKind::Unavailable;
    return fail(
        kind, "cannot read " + path.string() + ": " + std::generic_category().message(code)
    );
}

}  // namespace

Result<FileSource> FileSource::open(FileBody body) {
    FileSource source(std::move(body));
    source.fd_ = ::open(source.body_.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source.fd_ < 0) {
        return file_error(source.body_.path, errno);
    }
    struct stat status{};
    if (::fstat(source.fd_, &status) != 0) {
        return file_error(source.body_.path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorKind::NotFound, source.body_.path.string() + " is no file");
    }
    source.size_ = static_cast<std::uint64_t>(status.st_size);
    source.left_ = source.size_;
    return source;
}

FileSource::FileSource(FileSource&& other) noexcept
    : body_(std::exchange(other.body_, {})),
      fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      at_(other.at_),
      left_(other.left_) {}

FileSource::~FileSource() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
    if (body_.is_deleted_after && !body_.path.empty()) {
        std::error_code ignored;
        std::filesystem::remove(body_.path, ignored);
    }
}

void FileSource::limit(ByteRange range) {
    at_ = range.first;
    left_ = range.size;
}

Result<std::string> FileSource::read() {
    std::string piece(std::min<std::uint64_t>(left_, kPiece), '\0');
    std::size_t filled = 0;
    while (filled < piece.size()) {
        const ssize_t size = ::pread(
            fd_, piece.data() + filled, piece.size() - filled, static_cast<off_t>(at_ + filled)
        );
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return file_error(body_.path, errno);
        }
        if (size == 0) {
            return fail(
                ErrorKind::Corrupt, body_.path.string() + " became shorter while being sent"
            );
        }
        filled += static_cast<std::size_t>(size);
    }
    at_ += filled;
    left_ -= filled;
    return piece;
}

}  // namespace bongsu::net
