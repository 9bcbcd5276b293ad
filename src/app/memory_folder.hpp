#pragma once

#include "behaviours/memory_shelf.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace bongsu::app {

/// Memories of rules as files of one folder, one each, made when there is something to keep. A file
/// is replaced as a whole, so that whoever reads it finds the old or the new one. Those of cameras
/// that are no more stay: they are small, and the camera may come back. Thread-safe for different
/// names.
class MemoryFolder final : public behaviours::MemoryShelf {
public:
    explicit MemoryFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Unavailable when the file is there and cannot be read.
    Result<std::string> find(const std::string& name) override;

    /// Unavailable, naming the file and the reason.
    Status keep(const std::string& name, std::string_view memory) override;

private:
    std::filesystem::path file_of(const std::string& name) const;

    const std::filesystem::path folder_;
};

}  // namespace bongsu::app
