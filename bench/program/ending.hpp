#pragma once

#include "core/result.hpp"
#include "eval/measurements.hpp"

#include <cstdio>
#include <fstream>
#include <string>

namespace bongsu::bench {

/// Prints the figures and, when `file` is named, writes them there as one flat JSON object.
inline Status report(const eval::Measurements& figures, const std::string& file) {
    std::printf("%s", figures.to_table().c_str());
    if (!file.empty() && !(std::ofstream(file) << figures.to_json())) {
        return fail(ErrorKind::Unavailable, "cannot write " + file);
    }
    return {};
}

/// What main() returns: 0, or 1 after saying what went wrong.
inline int exit_code(const Status& done) {
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().describe().c_str());
    }
    return done ? 0 : 1;
}

}  // namespace bongsu::bench
