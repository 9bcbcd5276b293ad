#include "density/films.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace bongsu::bench {

Result<std::filesystem::path> make_films(const std::string& tool) {
    // The benchmark runs in the root of the work tree, as ./dev starts it.
    std::FILE* pipe = popen(tool.c_str(), "r");  // NOLINT(cert-env33-c): fixed text
    if (pipe == nullptr) {
        return fail(ErrorKind::Unavailable, "cannot start " + tool);
    }
    std::array<char, 4096> line{};
    std::string folder = std::fgets(line.data(), line.size(), pipe) != nullptr ? line.data() : "";
    while (!folder.empty() && folder.back() == '\n') {
        folder.pop_back();
    }
    if (pclose(pipe) != 0 || folder.empty()) {
        return fail(
            ErrorKind::Unavailable, tool + " could not make the films; its message is above"
        );
    }
    return std::filesystem::path(folder);
}

}  // namespace bongsu::bench
