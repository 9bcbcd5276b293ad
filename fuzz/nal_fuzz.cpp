// links: media core domain
#include "media/nal/decoder_config.hpp"
#include "media/nal/h264_sps.hpp"
#include "media/nal/h265_sps.hpp"
#include "media/nal/nal_unit.hpp"

using namespace bongsu;

namespace {

void read_as(Codec codec, Bytes bytes) {
    media::ParameterSets sets;
    media::AnnexBReader units(bytes);
    while (const auto nal = units.next()) {
        media::add_parameter_set(sets, codec, *nal);
        (void)media::parse_h264_sps(*nal);
        (void)media::parse_h265_sps(*nal);
        (void)media::parse_h265_vps(*nal);
    }
    if (const auto parameters = media::make_codec_parameters(codec, sets)) {
        if (media::read_decoder_config(codec, parameters->decoder_config) != sets) {
            __builtin_trap();  // what was written must be read back
        }
    }
    (void)media::read_decoder_config(codec, bytes);
    (void)media::nal_length_size(codec, bytes);
    (void)media::is_key(codec, bytes);
    (void)media::to_annex_b(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read_as(Codec::H264, Bytes(data, size));
    read_as(Codec::H265, Bytes(data, size));
    return 0;
}
