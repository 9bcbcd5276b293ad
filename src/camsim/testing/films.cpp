#include "camsim/testing/films.hpp"

namespace bongsu::camsim::testing {

std::shared_ptr<const Film> plain_film(std::size_t count, std::size_t gop, std::int64_t ticks) {
    auto film = std::make_shared<Film>();
    auto parameters = std::make_shared<CodecParameters>();
    parameters->width = 320;
    parameters->height = 240;
    film->parameters = parameters;
    film->sets.sps = {{0x67, 0x64, 0x00, 0x1E, 0xAC}};
    film->sets.pps = {{0x68, 0xEE}};
    film->duration = static_cast<std::int64_t>(count) * ticks;
    for (std::size_t i = 0; i < count; ++i) {
        FilmUnit unit;
        unit.is_key = i % gop == 0;
        unit.decode_time = static_cast<std::int64_t>(i) * ticks;
        unit.media_time = unit.decode_time;
        const auto kind = static_cast<std::uint8_t>(unit.is_key ? 0x65 : 0x41);
        unit.bytes = std::make_shared<const std::vector<std::uint8_t>>(
            std::vector<std::uint8_t>{0, 0, 0, 3, kind, 1, 2}
        );
        unit.payloads = media::packetise(Codec::H264, *unit.bytes, 1400).value();
        if (unit.is_key) {
            film->keys.push_back(i);
        }
        film->units.push_back(std::move(unit));
    }
    return film;
}

}  // namespace bongsu::camsim::testing
