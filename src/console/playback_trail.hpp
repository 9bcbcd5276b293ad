#pragma once

#include "console/request_body.hpp"
#include "console/route.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <tuple>

namespace bongsu::console {

/// Writes into the audit log which stretches of a camera's recordings somebody looks at. A page
/// fetches pieces of a few seconds, and asks for its timeline again and again; the log gets one
/// record per user, operation, camera, purpose and stretch of recording (ten minutes of pictures, a
/// day of timeline), again after an hour. Unmasked pictures are stretches of their own. Nothing
/// that a client says can leave one out. Thread-safe; remembers the latest 10,000 stretches and
/// forgets the oldest.
class PlaybackTrail {
public:
    static constexpr Duration kPictures = std::chrono::minutes{10};  ///< a stretch of pictures

    /// To be called before any picture is read; what cannot be written down must not be shown.
    Status look(const Call& call, const TimeSpan& span, Duration length = kPictures);

private:
    using Stretch = std::tuple<std::string, std::string, std::string, std::string, std::int64_t>;

    struct Seen {
        Stretch stretch;
        MonoTime when;
    };

    bool is_new(const Stretch& stretch, MonoTime now);
    void forget_old(MonoTime now);

    std::mutex mutex_;
    std::set<Stretch> known_;
    std::deque<Seen> order_;
};

}  // namespace bongsu::console
