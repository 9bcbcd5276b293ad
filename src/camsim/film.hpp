#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/nal/decoder_config.hpp"
#include "media/rtp/packetiser.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// One picture of a film, cut into packets once for all cameras and clients.
struct FilmUnit {
    bool is_key = false;
    std::int64_t decode_time = 0;  ///< 90 kHz ticks from the first unit
    std::int64_t media_time = 0;
    std::shared_ptr<const std::vector<std::uint8_t>> bytes;
    std::vector<media::RtpPayload> payloads;  ///< ranges of `bytes`
};

/// A film ready to be sent. Immutable, shared by every camera that plays it. Key pictures carry
/// their parameter sets in band, as cameras do.
struct Film {
    std::string path;
    std::shared_ptr<const CodecParameters> parameters;
    media::ParameterSets sets;
    std::vector<FilmUnit> units;    ///< not empty, the first one is a key picture
    std::vector<std::size_t> keys;  ///< indices of the key pictures, ascending
    std::int64_t duration = 0;      ///< 90 kHz ticks
};

/// Loads each film once, however many cameras play it.
class FilmLibrary {
public:
    FilmLibrary(std::size_t max_payload, std::size_t max_bytes)
        : max_payload_(max_payload), max_bytes_(max_bytes) {}

    /// Errors: those of media::load_media_file and media::packetise.
    Result<std::shared_ptr<const Film>> load(const std::string& path);

    std::size_t count() const { return films_.size(); }

private:
    std::size_t max_payload_;
    std::size_t max_bytes_;
    std::map<std::string, std::shared_ptr<const Film>> films_;
};

}  // namespace bongsu::camsim
