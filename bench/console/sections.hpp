#pragma once

#include "console/city.hpp"
#include "console/web.hpp"
#include "core/result.hpp"
#include "eval/measurements.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What the sections of the benchmark work with.
struct Stage {
    std::filesystem::path archive;  ///< data folder that stays for the next run
    std::filesystem::path scratch;  ///< emptied before and after
    std::vector<Account> accounts;  ///< of the archive; the chief comes last
    eval::Measurements& out;
};

/// 300 consoles, five incidents a second.
Status measure_fan_out(Stage& stage);
/// 100 cut connections and three restarts of the server.
Status measure_cuts(Stage& stage);
/// Every list, 50 times.
Status measure_lists(Stage& stage);
/// Logins and small requests per second, memory of a console.
Status measure_requests(Stage& stage);
/// First pictures and viewers of simulated cameras.
Status measure_live(Stage& stage);

/// Parts of the benchmark that run as processes of their own, so that their cost is not the
/// server's: "--cameras LIST", "--viewers URL COOKIE COUNT", "--consoles URL COOKIE COUNT".
/// Each prints a line when it is ready and ends when its parent ends it.
int play_cameras(const std::string& list);
int play_viewers(const Login& login, int count);
int play_consoles(const Login& login, int count);

}  // namespace bongsu::bench
