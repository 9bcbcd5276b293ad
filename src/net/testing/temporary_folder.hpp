#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace bongsu::net::testing {

/// A folder of its own that goes with its owner.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(
              std::filesystem::temp_directory_path() /
              ("bongsu-net-" + std::to_string(std::random_device{}()))
          ) {
        std::filesystem::create_directories(path_);
    }

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace bongsu::net::testing
