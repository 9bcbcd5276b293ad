#include "app/memory_folder.hpp"

#include "app/files.hpp"

#include <fstream>
#include <system_error>

namespace bongsu::app {

Result<std::string> MemoryFolder::find(const std::string& name) {
    return read_text_file(file_of(name));
}

Status MemoryFolder::keep(const std::string& name, std::string_view memory) {
    const std::filesystem::path file = file_of(name);
    const std::filesystem::path part = file.string() + ".part";
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (!error) {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out.write(memory.data(), static_cast<std::streamsize>(memory.size()));
        out.close();
        if (!out) {
            error = std::make_error_code(std::errc::io_error);
        }
    }
    if (!error) {
        std::filesystem::rename(part, file, error);
    }
    if (error) {
        return fail(
            ErrorKind::Unavailable, "cannot write " + file.string() + ": " + error.message()
        );
    }
    return {};
}

std::filesystem::path MemoryFolder::file_of(const std::string& name) const {
    return folder_ / (name + ".json");
}

}  // namespace bongsu::app
