#include "recording/root_lock.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr const char* kLockName = "/.bongsu-recording.lock";
constexpr const char* kProbeName = "/.bongsu-write-probe";

std::unexpected<Error> unusable(const std::string& root, const Error& error) {
    std::string what = "recordings folder " + root;
    switch (error.kind) {
        case ErrorKind::PermissionDenied:
            what +=
                " is read-only: make it writable for this user or set recording.root to another "
                "folder";
            break;
        case ErrorKind::ResourceExhausted:
            what += " is on a full disk: make room or set recording.root to another disk";
            break;
        default:
            what +=
                " cannot be used: check that the disk is there and healthy, or set recording.root";
            break;
    }
    return fail(error.within(std::move(what)));
}

Status probe(const std::string& root) {
    const std::string path = root + kProbeName;
    BONGSU_ASSIGN(const Fd file, open_file(path, O_WRONLY | O_CREAT | O_TRUNC));
    constexpr std::array<std::uint8_t, 1> kByte{0};
    const std::array pieces{Bytes(kByte)};
    const Status written = write_all(file, pieces, path);
    ::unlink(path.c_str());
    return written;
}

}  // namespace

Result<RootLock> RootLock::take(const std::string& root) {
    if (const Status made = make_folders(root); !made) {
        return unusable(root, made.error());
    }
    if (const Status writable = probe(root); !writable) {
        return unusable(root, writable.error());
    }
    auto file = open_file(root + kLockName, O_RDWR | O_CREAT);
    if (!file) {
        return unusable(root, file.error());
    }
    if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(
            ErrorKind::FailedPrecondition,
            "recordings folder " + root +
                " is in use by another process: stop it, or set recording.root to another folder"
        );
    }
    return RootLock(*std::move(file));
}

}  // namespace bongsu::recording
