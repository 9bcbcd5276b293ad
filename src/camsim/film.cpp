#include "camsim/film.hpp"

#include "media/container/media_file.hpp"
#include "media/nal/nal_unit.hpp"

namespace bongsu::camsim {

namespace {

using media::ContainerUnit;
using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

std::vector<std::uint8_t> in_band(const media::ParameterSets& sets) {
    std::vector<std::uint8_t> out;
    for (const auto* kind : {&sets.vps, &sets.sps, &sets.pps}) {
        for (const auto& set : *kind) {
            media::append_length_prefixed(out, set);
        }
    }
    return out;
}

bool holds_parameter_sets(Codec codec, Bytes unit) {
    media::LengthPrefixedReader nals(unit);
    while (const auto nal = nals.next()) {
        if (media::is_parameter_set(media::kind_of(codec, *nal))) {
            return true;
        }
    }
    return false;
}

SharedBytes bytes_to_send(
    const ContainerUnit& unit, Codec codec, const std::vector<std::uint8_t>& sets
) {
    if (!unit.is_key || holds_parameter_sets(codec, *unit.bytes)) {
        return unit.bytes;
    }
    auto joined = std::make_shared<std::vector<std::uint8_t>>(sets);
    joined->insert(joined->end(), unit.bytes->begin(), unit.bytes->end());
    return joined;
}

Result<std::shared_ptr<const Film>> make_film(
    const media::MediaFile& file, std::size_t max_payload
) {
    const Codec codec = file.parameters->codec;
    auto film = std::make_shared<Film>();
    film->path = file.path;
    film->parameters = file.parameters;
    film->duration = file.duration;
    BONGSU_ASSIGN(film->sets, media::read_decoder_config(codec, file.parameters->decoder_config));
    const std::vector<std::uint8_t> sets = in_band(film->sets);
    film->units.reserve(file.units.size());
    for (const ContainerUnit& source : file.units) {
        FilmUnit unit;
        unit.is_key = source.is_key;
        unit.decode_time = source.decode_time;
        unit.media_time = source.media_time;
        unit.bytes = bytes_to_send(source, codec, sets);
        auto payloads = media::packetise(codec, *unit.bytes, max_payload);
        if (!payloads) {
            return fail(payloads.error().within(file.path));
        }
        unit.payloads = *std::move(payloads);
        if (unit.is_key) {
            film->keys.push_back(film->units.size());
        }
        film->units.push_back(std::move(unit));
    }
    return film;
}

}  // namespace

Result<std::shared_ptr<const Film>> FilmLibrary::load(const std::string& path) {
    if (const auto known = films_.find(path); known != films_.end()) {
        return known->second;
    }
    BONGSU_ASSIGN(const auto file, media::load_media_file(path, max_bytes_));
    BONGSU_ASSIGN(auto film, make_film(*file, max_payload_));
    films_.emplace(path, film);
    return film;
}

}  // namespace bongsu::camsim
