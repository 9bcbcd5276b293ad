#pragma once

#include "camsim/camera_list.hpp"
#include "camsim/stream_journal.hpp"
#include "camsim/timeline.hpp"
#include "domain/access_unit.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::camsim {

/// What one stream has done. Written by the I/O thread, read by any.
struct StreamCounters {
    std::atomic<std::int64_t> sessions{0};    ///< playing now
    std::atomic<std::uint64_t> described{0};  ///< how often DESCRIBE was answered
    std::atomic<std::uint64_t> units_sent{0};
    std::atomic<std::uint64_t> bytes_sent{0};
    std::atomic<std::uint64_t> units_dropped{0};   ///< slow client, late simulator, end of a stall
    std::atomic<std::uint64_t> units_late{0};      ///< of these: the simulator itself was late
    std::atomic<std::uint64_t> units_withheld{0};  ///< by the fault script
    std::atomic<std::uint64_t> packets_lost{0};    ///< UDP: by the fault script or a full socket
    std::atomic<std::int64_t> last_unit{-1};       ///< number of the last picture sent
    std::atomic<std::uint32_t> last_rtp_time{0};
};

/// One stream of one simulated camera.
struct Stream {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    PlayMode mode = PlayMode::Live;
    bool is_looped = true;
    std::shared_ptr<const FaultScript> faults;
    Timeline timeline;                       ///< of a live stream; the pattern for those on demand
    std::optional<Timeline> other_timeline;  ///< of the film that faults switch to
    StreamJournal journal;
    StreamCounters counters;

    /// The timeline of the film that faults ask for.
    const Timeline& timeline_of(bool is_other_film) const {
        return is_other_film && other_timeline ? *other_timeline : timeline;
    }
};

/// All streams by their path in the URL, such as "plaza/main". Filled before the server starts,
/// never changed afterwards.
class StreamDirectory {
public:
    void add(std::unique_ptr<Stream> stream);

    /// By the path of a URL, with or without slashes at its ends, query and track name; a camera's
    /// name alone means its main stream. Null when there is none.
    Stream* find(std::string_view url_path) const;

    const std::map<std::string, std::unique_ptr<Stream>, std::less<>>& all() const {
        return streams_;
    }

private:
    std::map<std::string, std::unique_ptr<Stream>, std::less<>> streams_;
};

}  // namespace bongsu::camsim
