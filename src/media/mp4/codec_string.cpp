#include "media/mp4/codec_string.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace bongsu::media::mp4 {
namespace {

constexpr std::size_t kAvcSize = 4;
constexpr std::size_t kHevcSize = 13;
constexpr std::size_t kConstraintsAt = 6;
constexpr std::size_t kConstraints = 6;
constexpr std::size_t kLevelAt = 12;

std::uint32_t reversed_bits(std::uint32_t value) {
    std::uint32_t reversed = 0;
    for (int i = 0; i < 32; ++i) {
        reversed = (reversed << 1U) | ((value >> static_cast<unsigned>(i)) & 1U);
    }
    return reversed;
}

std::string hex(std::uint32_t value) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%X", value);
    return text.data();
}

std::string hevc_string(const std::vector<std::uint8_t>& record) {
    static constexpr std::array kSpaces{"", "A", "B", "C"};
    const unsigned profile = record[1];
    std::uint32_t compatibility = 0;
    for (std::size_t i = 2; i < kConstraintsAt; ++i) {
        compatibility = (compatibility << 8U) | record[i];
    }
    std::string text = std::string("hvc1.") + kSpaces[profile >> 6U] +
                       std::to_string(profile & 0x1FU) + "." + hex(reversed_bits(compatibility)) +
                       ((profile & 0x20U) != 0 ? ".H" : ".L") + std::to_string(record[kLevelAt]);
    std::size_t said = kConstraints;  // bytes that are zero at the end are not said
    while (said > 0 && record[kConstraintsAt + said - 1] == 0) {
        --said;
    }
    for (std::size_t i = 0; i < said; ++i) {
        text += "." + hex(record[kConstraintsAt + i]);
    }
    return text;
}

}  // namespace

Result<std::string> codec_string(const CodecParameters& parameters) {
    const auto& record = parameters.decoder_config;
    const bool is_h264 = parameters.codec == Codec::H264;
    if (record.size() < (is_h264 ? kAvcSize : kHevcSize)) {
        return fail(
            ErrorKind::Corrupt,
            "the decoder configuration ends after " + std::to_string(record.size()) + " bytes"
        );
    }
    if (is_h264) {
        std::array<char, 16> text{};
        std::snprintf(
            text.data(), text.size(), "avc1.%02x%02x%02x", record[1], record[2], record[3]
        );
        return std::string(text.data());
    }
    return hevc_string(record);
}

Result<std::string> mime_type(const CodecParameters& parameters) {
    BONGSU_ASSIGN(const std::string codec, codec_string(parameters));
    return "video/mp4; codecs=\"" + codec + "\"";
}

}  // namespace bongsu::media::mp4
