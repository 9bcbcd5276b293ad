#include "density/films.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace bongsu::bench {

Result<std::filesystem::path> make_films() {
    // The benchmark runs in the root of the work tree, as ./dev starts it.
    const std::string command = "tools/density/make_films";
    std::FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): fixed text
    if (pipe == nullptr) {
        return fail(ErrorKind::Unavailable, "cannot start " + command);
    }
    std::array<char, 4096> line{};
    std::string folder = std::fgets(line.data(), line.size(), pipe) != nullptr ? line.data() : "";
    while (!folder.empty() && folder.back() == '\n') {
        folder.pop_back();
    }
    if (pclose(pipe) != 0 || folder.empty()) {
        return fail(
            ErrorKind::Unavailable, command + " could not make the films; its message is above"
        );
    }
    return std::filesystem::path(folder);
}

}  // namespace bongsu::bench
