#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string>

namespace bongsu::app {

/// The whole text file, at most 16 MiB. The error says which file and why.
Result<std::string> read_text_file(const std::filesystem::path& path);

/// Makes the folder if needed and proves that files can be made in it; else says which folder and
/// what to do.
Status require_writable_folder(const std::filesystem::path& folder, std::string_view what);

}  // namespace bongsu::app
