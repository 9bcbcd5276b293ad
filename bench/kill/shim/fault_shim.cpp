// Loaded into a station by LD_PRELOAD: stands between it and the C library and lets the disk under
// its data folder fail, or its wall clock jump, when the benchmark says so. Needs no rights, unlike
// a device that fails, and the station's code is the real one.
#include "fault_order.hpp"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

using bongsu::bench::DiskFault;
using bongsu::bench::FaultOrder;

namespace {

constexpr int kMostFiles = 65'536;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr long kSlowness = 200'000'000;
constexpr std::size_t kShortWrite = 1'000;

/// What each open file belongs to: kRecordings, kDatabase or nothing.
std::array<std::atomic<std::uint8_t>, kMostFiles> g_files;

/// The C library's own function of that name.
template <typename Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

FaultOrder* open_order() {
    const char* path = std::getenv(bongsu::bench::kOrderVariable);
    if (path == nullptr) {
        return nullptr;
    }
    const auto real_open = next<int (*)(const char*, int, ...)>("open");
    const int file = real_open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return nullptr;
    }
    void* map = mmap(nullptr, sizeof(FaultOrder), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return map == MAP_FAILED ? nullptr : static_cast<FaultOrder*>(map);
}

FaultOrder* order() {
    static FaultOrder* const mapped = open_order();
    return mapped;
}

std::uint8_t kind_of(const char* path) {
    static const char* const folder = std::getenv(bongsu::bench::kFolderVariable);
    if (folder == nullptr || path == nullptr || std::strstr(path, folder) != path) {
        return 0;
    }
    const char* rest = path + std::strlen(folder);
    if (std::strstr(rest, "/recordings/") == rest) {
        return bongsu::bench::kRecordings;
    }
    return std::strstr(rest, "/bongsu.db") == rest ? bongsu::bench::kDatabase : 0;
}

DiskFault fault_for(std::uint8_t kind) {
    FaultOrder* now = order();
    if (now == nullptr || kind == 0 || (now->files.load(std::memory_order_relaxed) & kind) == 0) {
        return DiskFault::None;
    }
    const auto fault = static_cast<DiskFault>(now->fault.load(std::memory_order_relaxed));
    if (fault != DiskFault::None) {
        now->struck.fetch_add(1, std::memory_order_relaxed);
    }
    return fault;
}

DiskFault fault_of(int file) {
    return file < 0 || file >= kMostFiles ? DiskFault::None : fault_for(g_files[file].load());
}

void pause_a_little() {
    const timespec time{.tv_sec = 0, .tv_nsec = kSlowness};
    nanosleep(&time, nullptr);
}

/// 0, or the error number that a call which changes something fails with.
int error_of(DiskFault fault) {
    switch (fault) {
        case DiskFault::Full:
            return ENOSPC;
        case DiskFault::Broken:
            return EIO;
        case DiskFault::ReadOnly:
            return EROFS;
        case DiskFault::Short:
            return ENOSPC;
        case DiskFault::Slow:
            pause_a_little();
            return 0;
        case DiskFault::None:
            break;
    }
    return 0;
}

/// Whether the call is to fail; errno is then set.
bool fails(DiskFault fault) {
    const int error = error_of(fault);
    if (error != 0) {
        errno = error;
    }
    return error != 0;
}

int remember(int file, const char* path) {
    if (file >= 0 && file < kMostFiles) {
        g_files[file].store(kind_of(path));
    }
    return file;
}

/// A read-only or full disk still opens what exists for reading.
bool refuses_to_open(const char* path, int flags) {
    const bool changes = (flags & (O_CREAT | O_TRUNC)) != 0;
    const bool writes = (flags & O_ACCMODE) != O_RDONLY;
    const DiskFault fault = changes || writes ? fault_for(kind_of(path)) : DiskFault::None;
    return (changes || fault == DiskFault::ReadOnly) && fails(fault);
}

mode_t mode_argument(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

int open_checked(const char* name, const char* path, int flags, mode_t mode) {
    if (refuses_to_open(path, flags)) {
        return -1;
    }
    return remember(next<int (*)(const char*, int, ...)>(name)(path, flags, mode), path);
}

int open_at_checked(const char* name, int folder, const char* path, int flags, mode_t mode) {
    if (refuses_to_open(path, flags)) {
        return -1;
    }
    return remember(
        next<int (*)(int, const char*, int, ...)>(name)(folder, path, flags, mode), path
    );
}

/// A disk with room for a last small piece: writes that, or nothing any more.
template <typename WriteSome>
ssize_t write_short(std::size_t wanted, const WriteSome& write_some) {
    if (wanted <= kShortWrite) {
        errno = ENOSPC;
        return -1;
    }
    return write_some(kShortWrite);
}

void shift(timespec* time) {
    FaultOrder* now = order();
    const std::int64_t offset = now == nullptr ? 0 : now->clock_offset_ns.load();
    std::int64_t nanoseconds = time->tv_nsec + offset % kSecond;
    time->tv_sec += offset / kSecond;
    if (nanoseconds < 0) {
        nanoseconds += kSecond;
        --time->tv_sec;
    } else if (nanoseconds >= kSecond) {
        nanoseconds -= kSecond;
        ++time->tv_sec;
    }
    time->tv_nsec = nanoseconds;
}

}  // namespace

// The C library's names and parameters, for the loader to find.
// NOLINTBEGIN(readability-identifier-naming, bugprone-reserved-identifier)
extern "C" {

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_argument(flags, arguments);
    va_end(arguments);
    return open_checked("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_argument(flags, arguments);
    va_end(arguments);
    return open_checked("open64", path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_argument(flags, arguments);
    va_end(arguments);
    return open_at_checked("openat", folder, path, flags, mode);
}

int openat64(int folder, const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_argument(flags, arguments);
    va_end(arguments);
    return open_at_checked("openat64", folder, path, flags, mode);
}

int close(int file) {
    if (file >= 0 && file < kMostFiles) {
        g_files[file].store(0);
    }
    return next<int (*)(int)>("close")(file);
}

ssize_t write(int file, const void* bytes, size_t size) {
    const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
    const DiskFault fault = fault_of(file);
    if (fault == DiskFault::Short) {
        return write_short(size, [&](size_t some) { return real(file, bytes, some); });
    }
    return fails(fault) ? -1 : real(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t place) {
    const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    const DiskFault fault = fault_of(file);
    if (fault == DiskFault::Short) {
        return write_short(size, [&](size_t some) { return real(file, bytes, some, place); });
    }
    return fails(fault) ? -1 : real(file, bytes, size, place);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t place) {
    return pwrite(file, bytes, size, place);
}

ssize_t writev(int file, const iovec* pieces, int count) {
    const DiskFault fault = fault_of(file);
    if (fault == DiskFault::Short && count > 0) {
        const iovec first = pieces[0];
        return write_short(first.iov_len, [&](size_t some) {
            return ::write(file, first.iov_base, some);
        });
    }
    return fails(fault) ? -1
                        : next<ssize_t (*)(int, const iovec*, int)>("writev")(file, pieces, count);
}

ssize_t pwritev(int file, const iovec* pieces, int count, off_t place) {
    return fails(fault_of(file)) ? -1
                                 : next<ssize_t (*)(int, const iovec*, int, off_t)>("pwritev")(
                                       file, pieces, count, place
                                   );
}

int fdatasync(int file) {
    return fails(fault_of(file)) ? -1 : next<int (*)(int)>("fdatasync")(file);
}

int fsync(int file) {
    return fails(fault_of(file)) ? -1 : next<int (*)(int)>("fsync")(file);
}

int ftruncate(int file, off_t size) {
    // Cutting back needs no room: a full disk lets it happen.
    const DiskFault fault = fault_of(file);
    const bool is_refused = fault == DiskFault::Broken || fault == DiskFault::ReadOnly;
    return is_refused && fails(fault) ? -1 : next<int (*)(int, off_t)>("ftruncate")(file, size);
}

int ftruncate64(int file, off64_t size) {
    return ftruncate(file, size);
}

int mkdir(const char* path, mode_t mode) {
    return fails(fault_for(kind_of(path)))
               ? -1
               : next<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}

int clock_gettime(clockid_t clock, timespec* time) {
    const int status = next<int (*)(clockid_t, timespec*)>("clock_gettime")(clock, time);
    if (status == 0 && clock == CLOCK_REALTIME) {
        shift(time);
    }
    return status;
}

int gettimeofday(timeval* time, void* /*zone*/) {
    timespec precise{};
    const int status = clock_gettime(CLOCK_REALTIME, &precise);
    time->tv_sec = precise.tv_sec;
    time->tv_usec = precise.tv_nsec / 1'000;
    return status;
}

time_t time(time_t* into) {
    timespec precise{};
    clock_gettime(CLOCK_REALTIME, &precise);
    if (into != nullptr) {
        *into = precise.tv_sec;
    }
    return precise.tv_sec;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming, bugprone-reserved-identifier)
