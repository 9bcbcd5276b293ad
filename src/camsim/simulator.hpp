#pragma once

#include "camsim/camera_list.hpp"
#include "camsim/onvif/front.hpp"
#include "camsim/options.hpp"
#include "camsim/stream_journal.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// What one stream has sent since the start.
struct StreamStats {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    std::int64_t sessions = 0;         ///< playing now
    std::uint64_t units_sent = 0;      ///< access units, all sessions together
    std::uint64_t bytes_sent = 0;      ///< RTP packets with their framing
    std::uint64_t units_dropped = 0;   ///< up to the next key picture: slow client,
                                       ///< late simulator, end of a stall
    std::uint64_t units_late = 0;      ///< of these, those that the simulator was late for
    std::uint64_t units_withheld = 0;  ///< by the fault script
    std::uint64_t packets_lost = 0;    ///< UDP, by the fault script or a full socket
    std::int64_t last_unit = -1;       ///< number of the last access unit sent, counted from the
                                       ///< epoch through all loops; -1: none yet
    std::uint32_t last_rtp_time = 0;   ///< its RTP time stamp
};

struct SimulatorStats {
    std::vector<StreamStats> streams;  ///< by camera and role
    std::int64_t connections = 0;
    std::uint64_t refused = 0;  ///< connections above the limit
    Duration cpu{};             ///< of the sending thread; at most a second old
    Duration worst_tick{};      ///< longest time that one turn of the timer took

    std::int64_t sessions() const;
    std::uint64_t units_sent() const;
    std::uint64_t bytes_sent() const;
    std::uint64_t units_dropped() const;
};

/// Many cameras in one: an RTSP 1.0 server (RFC 2326) that plays films in an endless loop with
/// continuous time stamps, at rtsp://host:port/<camera>/main and /sub. Each film is held in memory
/// and cut into packets once, whoever plays it. With options.onvif it can be found
/// and asked over ONVIF too. Thread-safe after start.
class CameraSimulator {
public:
    /// Loads all films. Errors name the camera and the film. `clock` must outlive the simulator.
    static Result<std::unique_ptr<CameraSimulator>> create(
        const CamsimOptions& options, const std::vector<CameraEntry>& cameras, const Clock& clock
    );
    ~CameraSimulator();
    CameraSimulator(const CameraSimulator&) = delete;
    CameraSimulator& operator=(const CameraSimulator&) = delete;

    /// Starts to listen; once, a stopped simulator is not started again. Errors name the address
    /// and the port.
    Status start();
    void stop();

    /// The port in use, after start.
    std::uint16_t port() const;

    /// Such as "rtsp://127.0.0.1:8554", with user and password when `with_credentials`.
    std::string base_url(bool with_credentials) const;

    /// The cameras as served: the list, repeated up to options.cameras.
    const std::vector<CameraEntry>& cameras() const;

    SimulatorStats stats() const;

    /// What a stream sent and suffered so far, as far as options.journal_entries reach. Empty for
    /// an unknown stream.
    StreamRecord journal(const CameraId& camera, StreamRole role) const;

    /// The ONVIF side; null when it is off.
    OnvifFront* onvif();

private:
    struct Impl;
    explicit CameraSimulator(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::camsim
