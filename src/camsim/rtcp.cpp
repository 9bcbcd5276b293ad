#include "camsim/rtcp.hpp"

#include <algorithm>

namespace bongsu::camsim {

namespace {

constexpr std::uint8_t kVersion = 0x80;
constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kSourceDescription = 202;
constexpr std::uint8_t kBye = 203;
constexpr std::uint8_t kCname = 1;
constexpr std::uint64_t kSecondsFrom1900To1970 = 2'208'988'800;
constexpr std::size_t kMaxCname = 255;

void put(std::vector<std::uint8_t>& out, std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
    }
}

void put_header(
    std::vector<std::uint8_t>& out, unsigned count, std::uint8_t type, std::size_t words
) {
    put(out, kVersion | count, 1);
    put(out, type, 1);
    put(out, words - 1, 2);  // length in 32-bit words minus one
}

void put_cname(std::vector<std::uint8_t>& out, std::uint32_t ssrc, std::string_view cname) {
    cname = cname.substr(0, kMaxCname);
    const std::size_t item = 2 + cname.size() + 1;  // with the null that ends the list
    const std::size_t padded = (item + 3) / 4 * 4;
    put_header(out, 1, kSourceDescription, 2 + padded / 4);
    put(out, ssrc, 4);
    put(out, kCname, 1);
    put(out, cname.size(), 1);
    out.insert(out.end(), cname.begin(), cname.end());
    out.insert(out.end(), padded - item + 1, 0);
}

}  // namespace

std::uint64_t to_ntp(WallTime time) {
    const std::int64_t micros = time.time_since_epoch().count();
    const std::uint64_t seconds =
        static_cast<std::uint64_t>(micros / 1'000'000) + kSecondsFrom1900To1970;
    const auto rest = static_cast<std::uint64_t>(micros % 1'000'000);
    return (seconds << 32U) | ((rest << 32U) / 1'000'000);
}

std::vector<std::uint8_t> write_sender_report(const SenderReport& report, std::string_view cname) {
    std::vector<std::uint8_t> out;
    out.reserve(64 + cname.size());
    put_header(out, 0, kSenderReport, 7);
    put(out, report.ssrc, 4);
    put(out, to_ntp(report.wall), 8);
    put(out, report.rtp_time, 4);
    put(out, report.packets, 4);
    put(out, report.octets, 4);
    put_cname(out, report.ssrc, cname);
    return out;
}

std::vector<std::uint8_t> write_bye(std::uint32_t ssrc) {
    std::vector<std::uint8_t> out;
    put_header(out, 0, kReceiverReport, 2);
    put(out, ssrc, 4);
    put_header(out, 1, kBye, 2);
    put(out, ssrc, 4);
    return out;
}

}  // namespace bongsu::camsim
