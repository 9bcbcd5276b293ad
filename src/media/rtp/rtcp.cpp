#include "media/rtp/rtcp.hpp"

#include <algorithm>

namespace bongsu::media {
namespace {

constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kSourceDescription = 202;
constexpr std::uint8_t kBye = 203;
constexpr std::uint8_t kCanonicalName = 1;
constexpr std::int64_t kSecondsFrom1900To1970 = 2'208'988'800;
constexpr std::int64_t kMicros = 1'000'000;

std::unexpected<Error> broken() {
    return fail(ErrorKind::Corrupt, "an RTCP packet is broken");
}

std::optional<SenderReport> read_sender_report(Bytes body) {
    ByteReader reader(body);
    const auto ssrc = reader.u32();
    const auto ntp = reader.u64();
    const auto rtp = reader.u32();
    const auto packets = reader.u32();
    const auto octets = reader.u32();
    if (!octets) {
        return std::nullopt;
    }
    return SenderReport{
        .ssrc = *ssrc,
        .wall = from_ntp(*ntp),
        .ntp_middle = static_cast<std::uint32_t>(*ntp >> 16U),
        .rtp_timestamp = *rtp,
        .packets = *packets,
        .octets = *octets,
    };
}

void put(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned width) {
    for (unsigned i = width; i > 0; --i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
    }
}

void put_source_description(
    std::vector<std::uint8_t>& out, std::uint32_t ssrc, std::string_view cname
) {
    cname = cname.substr(0, 255);
    const std::size_t words =
        (4 + 2 + cname.size() + 1 + 3) / 4;  // at least one zero ends the list
    const std::size_t end = out.size() + 4 + words * 4;
    out.push_back(0x81);
    out.push_back(kSourceDescription);
    put(out, words, 2);
    put(out, ssrc, 4);
    out.push_back(kCanonicalName);
    out.push_back(static_cast<std::uint8_t>(cname.size()));
    out.insert(out.end(), cname.begin(), cname.end());
    out.resize(end, 0);
}

}  // namespace

Result<RtcpNews> parse_rtcp(Bytes bytes) {
    RtcpNews news;
    ByteReader reader(bytes);
    while (reader.remaining() > 0) {
        const auto flags = reader.u8();
        const auto type = reader.u8();
        const auto words = reader.u16();
        const auto body = words ? reader.take(std::size_t{*words} * 4) : std::nullopt;
        if (!body || (*flags >> 6U) != 2) {
            return broken();
        }
        if (*type == kSenderReport) {
            news.report = read_sender_report(*body);
        } else if (*type == kBye) {
            news.is_bye = true;
        }
    }
    return news;
}

std::vector<std::uint8_t> write_receiver_report(
    const ReceptionReport& report, std::string_view cname
) {
    std::vector<std::uint8_t> out = {0x81, kReceiverReport};
    put(out, 7, 2);
    put(out, report.receiver_ssrc, 4);
    put(out, report.sender_ssrc, 4);
    out.push_back(report.fraction_lost);
    const auto lost = std::clamp(report.total_lost, -0x800000, 0x7FFFFF);
    put(out, static_cast<std::uint32_t>(lost) & 0xFFFFFFU, 3);
    put(out, report.highest_sequence, 4);
    put(out, report.jitter, 4);
    put(out, report.last_report, 4);
    const auto delay = report.since_last_report.count() * 65536 / kMicros;
    put(out, report.last_report == 0 ? 0 : static_cast<std::uint64_t>(delay), 4);
    put_source_description(out, report.receiver_ssrc, cname);
    return out;
}

std::vector<std::uint8_t> write_sender_report(const SenderReport& report, std::string_view cname) {
    std::vector<std::uint8_t> out = {0x80, kSenderReport};
    put(out, 6, 2);
    put(out, report.ssrc, 4);
    put(out, to_ntp(report.wall), 8);
    put(out, report.rtp_timestamp, 4);
    put(out, report.packets, 4);
    put(out, report.octets, 4);
    put_source_description(out, report.ssrc, cname);
    return out;
}

std::uint64_t to_ntp(WallTime time) {
    const std::int64_t micros = time.time_since_epoch().count() + kSecondsFrom1900To1970 * kMicros;
    const auto seconds = static_cast<std::uint64_t>(micros / kMicros);
    // Rounded up, so that the way back yields the same microsecond.
    const auto fraction =
        ((static_cast<std::uint64_t>(micros % kMicros) << 32U) + kMicros - 1) / kMicros;
    return (seconds << 32U) + fraction;
}

WallTime from_ntp(std::uint64_t ntp) {
    auto seconds = static_cast<std::int64_t>(ntp >> 32U);
    if (seconds < 0x80000000) {
        seconds += std::int64_t{1} << 32U;  // era 1 begins in 2036 (RFC 5905 6)
    }
    const auto fraction = static_cast<std::int64_t>(((ntp & 0xFFFFFFFFU) * kMicros) >> 32U);
    return WallTime{Duration{(seconds - kSecondsFrom1900To1970) * kMicros + fraction}};
}

}  // namespace bongsu::media
