#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// One alarm, true or raised. Whole seconds from the start of the clip.
struct KisaAlarm {
    std::string event;  ///< such as Loitering, Intrusion, Falldown
    int start = 0;
    int duration = 0;
};

/// What a ground-truth or a result file says about one clip.
struct KisaClip {
    std::string file_name;
    int duration = 0;  ///< seconds, 0 when not given
    std::vector<KisaAlarm> alarms;
};

/// Reads KisaLibraryIndex/Library/Clip of a ground-truth or result file, with or without a byte
/// order mark; at most 4 MiB and 10'000 alarms. `origin` names the file in errors. The format is
/// known from implementers' public code, not from an official text.
Result<KisaClip> parse_kisa_clip(std::string_view xml, std::string_view origin);

/// The result file that the test wants: times as HH:MM:SS, an empty pair of tags without alarms.
std::string write_kisa_result(const KisaClip& clip);

/// "01:02:03" -> 3723. Nothing when ill-formed or beyond 99:59:59.
Result<int> parse_clock_time(std::string_view text);

}  // namespace bongsu::eval
