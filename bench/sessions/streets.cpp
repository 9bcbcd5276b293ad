#include "sessions/streets.hpp"

#include "program/places.hpp"

#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace bongsu::bench {

Streets::Streets(std::filesystem::path folder, int cameras)
    : folder_(std::move(folder)), cameras_(cameras), port_(free_port()) {}

Status Streets::start() {
    BONGSU_ASSIGN(
        app::ChildProcess process,
        app::ChildProcess::start(
            {"/bin/sh",
             "-c",
             R"(log="$1"; shift; exec "$0" camsim "$@" 2>>"$log")",
             (programs_folder() / "bongsu").string(),
             (folder_ / "camsim.log").string(),
             "--list",
             (folder_ / "cameras.yaml").string(),
             "--set",
             fmt::format("cameras={}", cameras_),
             "--set",
             fmt::format("port={}", port_),
             "--set",
             "max_connections=8192"}
        )
    );
    BONGSU_TRY(process.read_line());
    process_.emplace(std::move(process));
    return {};
}

LeftOut Streets::left_out() const {
    LeftOut all;
    std::ifstream log(folder_ / "camsim.log");
    for (std::string line; std::getline(log, line);) {
        long long pictures = 0;
        char camera[200] = "";
        if (std::sscanf(
                line.c_str(), "camsim: late, left out %lld pictures of %199[^/]", &pictures, camera
            ) == 2) {
            all[CameraId(camera)] += pictures;
        }
    }
    return all;
}

}  // namespace bongsu::bench
