#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"

#include <chrono>
#include <optional>

namespace bongsu::app {

/// How patient StreamChoice is.
struct FallbackTimes {
    Duration away = std::chrono::seconds{20};     ///< the sub stream, before the main one is wanted
    Duration attempt = std::chrono::seconds{20};  ///< for the main stream to play
    Duration steady = std::chrono::seconds{5};    ///< playing for less is still away
    Duration back = std::chrono::seconds{30};     ///< the sub stream, before it is analysed again
};

/// Which stream of a camera with a sub stream is analysed: the sub stream, but the main one while
/// the sub one is away. Decides nothing about other cameras: who owns it says when the main stream
/// may be tried, as it costs several times more to decode. Runs on: one thread at a time.
class StreamChoice {
public:
    explicit StreamChoice(FallbackTimes times) : times_(times) {}

    /// What the streams do now; once a second or so.
    void see(MonoTime now, bool sub_plays, bool main_plays);

    /// The sub stream has been away for so long that the main one should be tried.
    bool wants_main(MonoTime now) const;

    /// From now on the main stream is needed, and analysed as soon as it plays.
    void try_main(MonoTime now) { tried_since_ = now; }

    bool needs_main() const { return tried_since_ || is_on_main_; }

    /// The stream that should be analysed now.
    StreamRole wanted(MonoTime now) const;

    /// The choice was carried out.
    void settle(StreamRole role);

    bool is_on_main() const { return is_on_main_; }

private:
    FallbackTimes times_;
    bool is_on_main_ = false;
    bool sub_plays_ = false;
    bool main_plays_ = false;
    std::optional<MonoTime> sub_since_;    ///< plays without a break
    std::optional<MonoTime> away_since_;   ///< the sub stream did not play steadily
    std::optional<MonoTime> tried_since_;  ///< the main stream
};

}  // namespace bongsu::app
