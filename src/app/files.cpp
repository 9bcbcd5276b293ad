#include "app/files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include <unistd.h>

namespace bongsu::app {
namespace {

constexpr std::uintmax_t kMaxTextFile = std::uintmax_t{16} * 1024 * 1024;

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return fail(ErrorKind::NotFound, "cannot read " + path.string() + ": " + error.message());
    }
    if (size > kMaxTextFile) {
        return fail(ErrorKind::InvalidArgument, path.string() + " is larger than 16 MiB");
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad() || !file.is_open()) {
        return fail(
            ErrorKind::Unavailable, "cannot read " + path.string() + ": " + std::strerror(errno)
        );
    }
    return text;
}

Status require_writable_folder(const std::filesystem::path& folder, std::string_view what) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::string reason = error ? error.message() : "";
    if (!error) {
        // access(2) says yes to root even on a read-only mount, so make a real file.
        std::string probe = (folder / ".write-test-XXXXXX").string();
        const int file = mkstemp(probe.data());
        if (file >= 0) {
            close(file);
            unlink(probe.c_str());
            return {};
        }
        reason = std::strerror(errno);
    }
    return fail(
        ErrorKind::FailedPrecondition,
        std::string(what) + " folder " + folder.string() + " cannot be written: " + reason +
            "; choose another folder or make it writable for this user"
    );
}

}  // namespace bongsu::app
