// links: media core domain
// Pictures as a camera could send them, through libavcodec: by itself and as a key picture alone.
#include "media/decoder/decoder.hpp"
#include "media/nal/decoder_config.hpp"
#include "media/nal/nal_unit.hpp"

#include <memory>
#include <vector>

using namespace bongsu;

/// The first byte chooses the codec; then NAL units follow as in an Annex B stream. Each slice is a
/// picture of its own with the parameter sets seen so far.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const Codec codec = (data[0] & 1U) != 0 ? Codec::H265 : Codec::H264;
    media::Decoder decoder({.max_side = 512, .max_pixels = 512 * 512});
    media::Decoder keys({.skip_loop_filter = true, .max_side = 512, .max_pixels = 512 * 512});
    media::ParameterSets sets;
    std::shared_ptr<const CodecParameters> parameters;
    media::AnnexBReader reader(Bytes(data + 1, size - 1));
    int pictures = 0;
    constexpr int kMostPictures = 32;
    while (const auto nal = reader.next()) {
        if (media::is_parameter_set(media::kind_of(codec, *nal))) {
            media::add_parameter_set(sets, codec, *nal);
            const auto made = media::make_codec_parameters(codec, sets);
            parameters = made ? std::make_shared<const CodecParameters>(*made) : parameters;
            continue;
        }
        if (!parameters || ++pictures > kMostPictures) {
            continue;
        }
        std::vector<std::uint8_t> bytes;
        media::append_length_prefixed(bytes, *nal);
        AccessUnit unit;
        unit.is_key = media::is_key(codec, bytes);
        unit.parameters = parameters;
        unit.bytes = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
        const auto frame = decoder.decode(unit);
        if (frame && *frame && ((*frame)->width > 512 || (*frame)->height > 512)) {
            __builtin_trap();  // larger than allowed
        }
        if (!frame && decoder.is_healthy()) {
            __builtin_trap();  // an error must show
        }
        if (unit.is_key) {
            (void)keys.decode_key(unit);
        }
    }
    return 0;
}
