#include "app/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace bongsu::app {

Result<TemporaryFolder> TemporaryFolder::create(std::string_view prefix) {
    std::error_code error;
    const std::filesystem::path base = std::filesystem::temp_directory_path(error);
    std::string name =
        ((error ? std::filesystem::path("/tmp") : base) / (std::string(prefix) + "XXXXXX"))
            .string();
    if (mkdtemp(name.data()) == nullptr) {
        return fail(
            ErrorKind::Unavailable, "cannot make folder " + name + ": " + std::strerror(errno)
        );
    }
    return TemporaryFolder{name};
}

TemporaryFolder::~TemporaryFolder() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

}  // namespace bongsu::app
