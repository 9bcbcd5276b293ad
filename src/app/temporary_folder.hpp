#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string_view>

namespace bongsu::app {

/// A new folder below the system's temporary folder that goes away with this object.
class TemporaryFolder {
public:
    static Result<TemporaryFolder> create(std::string_view prefix);
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace bongsu::app
