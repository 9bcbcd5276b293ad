#include "core/secret_file.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bongsu {
namespace {

constexpr std::size_t kDigits = 64;

/// Closes a file descriptor at the end of a scope.
class OpenFile {
public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}

    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int get() const { return descriptor_; }

private:
    int descriptor_;
};

std::unexpected<Error> unavailable(const std::filesystem::path& file, const char* what) {
    return fail(
        ErrorKind::Unavailable,
        "key file " + file.string() + " cannot be " + what + ": " +
            std::strerror(errno)  // NOLINT(concurrency-mt-unsafe)
    );
}

std::optional<SecretKey> parse_key(std::string_view text) {
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
    }
    SecretKey key{};
    if (text.size() != kDigits) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char* const at = text.data() + 2 * i;
        const auto [end, error] = std::from_chars(at, at + 2, key.at(i), 16);
        if (error != std::errc{} || end != at + 2) {
            return std::nullopt;
        }
    }
    return key;
}

std::string to_text(const SecretKey& key) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : key) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text + "\n";
}

/// Written beside and linked into place, so that a crash leaves no half of a key and two processes
/// that start at once agree on one.
Status make_key(const std::filesystem::path& file) {
    SecretKey key{};
    if (::getentropy(key.data(), key.size()) != 0) {
        return unavailable(file, "made");
    }
    const std::string text = to_text(key);
    const std::string draft = file.string() + "." + std::to_string(::getpid());
    ::unlink(draft.c_str());
    {
        const OpenFile out(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (out.get() < 0 ||
            ::write(out.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
            ::fsync(out.get()) != 0) {
            return unavailable(file, "written");
        }
    }
    const bool is_linked = ::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST;
    ::unlink(draft.c_str());
    return is_linked ? Status{} : Status{unavailable(file, "written")};
}

}  // namespace

Result<SecretKey> read_key(const std::filesystem::path& file) {
    const OpenFile in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (in.get() < 0) {
        if (errno == ENOENT) {
            return fail(ErrorKind::NotFound, "there is no key file " + file.string());
        }
        return unavailable(file, "read");
    }
    struct stat status{};
    if (::fstat(in.get(), &status) != 0) {
        return unavailable(file, "read");
    }
    if ((status.st_mode & 077U) != 0) {
        return fail(
            ErrorKind::PermissionDenied,
            "key file " + file.string() + " may be read by others; run chmod 600 on it"
        );
    }
    std::array<char, kDigits + 2> text{};
    const ssize_t size = ::read(in.get(), text.data(), text.size());
    if (size < 0) {
        return unavailable(file, "read");
    }
    const auto key = parse_key({text.data(), static_cast<std::size_t>(size)});
    if (!key) {
        return fail(
            ErrorKind::Corrupt,
            "key file " + file.string() +
                " does not hold 64 hexadecimal digits; restore it from a "
                "backup"
        );
    }
    return *key;
}

Result<SecretKey> read_or_make_key(const std::filesystem::path& file) {
    auto key = read_key(file);
    if (key || key.error().kind != ErrorKind::NotFound) {
        return key;
    }
    BONGSU_TRY(make_key(file));
    return read_key(file);
}

}  // namespace bongsu
