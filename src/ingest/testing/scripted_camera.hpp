#pragma once

#include "media/rtsp/message.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace bongsu::ingest::testing {

/// One connection to a scripted camera, from the camera's side. Blocking.
class CameraEnd {
public:
    explicit CameraEnd(int socket) : socket_(socket) {}

    ~CameraEnd();
    CameraEnd(const CameraEnd&) = delete;
    CameraEnd& operator=(const CameraEnd&) = delete;

    /// The next request; nothing when the client has gone.
    std::optional<media::RtspRequest> read();

    /// Answers with the request's CSeq and further headers.
    void reply(
        const media::RtspRequest& request,
        int status,
        const media::RtspHeaders& headers = {},
        const std::string& body = {}
    );
    void send(const std::string& bytes);

    /// Closes so that the client sees a reset instead of an end.
    void reset();

private:
    int socket_;
    std::string buffer_;
};

/// A camera whose behaviour a test writes: a listening socket on 127.0.0.1 and one thread that
/// serves one connection after the other by `script`, which gets the number of the connection.
class ScriptedCamera {
public:
    using Script = std::function<void(CameraEnd&, int connection)>;
    explicit ScriptedCamera(Script script);
    ~ScriptedCamera();
    ScriptedCamera(const ScriptedCamera&) = delete;
    ScriptedCamera& operator=(const ScriptedCamera&) = delete;

    std::string url(const std::string& path = "/live", const std::string& login = {}) const;

    std::uint16_t port() const { return port_; }

    int connections() const { return connections_; }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
};

/// A description with one H.264 video whose control is "trackID=1", and an audio to be left alone.
std::string h264_description();

/// Serves OPTIONS, DESCRIBE, SETUP and PLAY with TCP on channels 0 and 1; returns after PLAY. False
/// when the client went away before.
bool serve_until_play(CameraEnd& end, const std::string& description = h264_description());

/// `$` frames with one key picture and `count - 1` others, 3000 ticks apart.
std::string picture_frames(int count, std::uint16_t first_sequence, std::uint32_t first_timestamp);

}  // namespace bongsu::ingest::testing
