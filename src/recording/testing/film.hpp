#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"
#include "domain/camera.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::recording::testing {

/// What ffmpeg shall make: a moving test picture.
struct FilmSpec {
    Codec codec = Codec::H264;
    int width = 320;
    int height = 180;
    int rate = 25;  ///< pictures per second
    int seconds = 4;
    int gop = 25;  ///< pictures from one key frame to the next
    int b_frames = 0;
};

/// A real encoded film as access units, as ingest would deliver them.
class Film {
public:
    /// Encodes with the ffmpeg program and takes the file apart with libavformat. Throws when that
    /// fails.
    static Film make(const FilmSpec& spec);

    /// The film's units from `start` on, repeated until `length` is filled, as one session of one
    /// camera.
    std::vector<AccessUnitPtr> play(const CameraId& camera, WallTime start, Duration length) const;

    std::size_t pictures() const { return units_.size(); }

    const CodecParameters& parameters() const { return *parameters_; }

private:
    struct Unit {
        bool is_key = false;
        std::int64_t shown = 0;  ///< 90 kHz ticks since the start
        std::shared_ptr<const std::vector<std::uint8_t>> bytes;
    };

    std::vector<Unit> units_;  ///< in decoding order
    std::int64_t duration_ = 0;
    std::shared_ptr<const CodecParameters> parameters_;
};

/// The film of the default FilmSpec, encoded once per program.
const Film& film();

/// A camera of the organisation "city" with default retention.
CameraConfig camera(const CameraId& id);

/// What ffprobe finds when it decodes everything; `errors` is what it printed.
struct ProbeOutcome {
    int frames = 0;
    double duration = 0;
    std::string codec;
    std::string errors;
};

ProbeOutcome probe(const std::string& file);

}  // namespace bongsu::recording::testing
