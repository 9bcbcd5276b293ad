#include "media/rtsp/reader.hpp"

#include "media/rtsp/text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace bongsu::media {
namespace {

constexpr std::string_view kResponseStart = "RTSP/";
constexpr std::string_view kRestart = "RTSP/1.";
constexpr std::size_t kLongestMethod = 32;

/// What a message can begin with behind a frame: a response, or a method of RFC 2326, section 10.
constexpr std::array<std::string_view, 12> kMessageStarts{
    kResponseStart,
    "ANNOUNCE ",
    "DESCRIBE ",
    "GET_PARAMETER ",
    "OPTIONS ",
    "PAUSE ",
    "PLAY ",
    "RECORD ",
    "REDIRECT ",
    "SETUP ",
    "SET_PARAMETER ",
    "TEARDOWN "
};

std::string_view as_text(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::unexpected<Error> not_rtsp(std::string_view text) {
    const auto line = text.substr(0, text.find_first_of("\r\n"));
    return fail(
        ErrorKind::Corrupt,
        fmt::format("the peer does not speak RTSP; it sent '{}'", printable(line, 40))
    );
}

/// The length of the head including the empty line, 0 when it is not complete. Bare LF is
/// tolerated.
std::size_t head_length(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
        if (text.substr(at + 1).starts_with('\n')) {
            return at + 2;
        }
        if (text.substr(at + 1).starts_with("\r\n")) {
            return at + 3;
        }
    }
    return 0;
}

Result<RtspHeaders> parse_headers(std::string_view text) {
    RtspHeaders headers;
    while (!text.empty()) {
        const auto line = take_until(text, '\n');
        if (trim(line).empty()) {
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) {
            continue;  // some cameras break long headers without the indent of RFC 822 folding
        }
        if (headers.all().size() == RtspReader::kMaxHeaders) {
            return fail(ErrorKind::Corrupt, "the RTSP message has more than 100 headers");
        }
        headers.add(
            std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))
        );
    }
    return headers;
}

Result<RtspItem> parse_start_line(std::string_view line) {
    std::string_view rest = trim(line);
    const auto first = take_until(rest, ' ');
    const auto second = take_until(rest, ' ');
    if (starts_with_ignoring_case(first, kResponseStart)) {
        const auto status = parse_number<int>(second);
        if (!status || *status < 100 || *status > 999) {
            return not_rtsp(line);
        }
        return RtspItem{RtspResponse{
            .status = *status, .reason = std::string(trim(rest)), .headers = {}, .body = {}
        }};
    }
    if (second.empty() || !starts_with_ignoring_case(trim(rest), kResponseStart)) {
        return not_rtsp(line);
    }
    return RtspItem{RtspRequest{
        .method = std::string(first), .url = std::string(second), .headers = {}, .body = {}
    }};
}

Result<std::size_t> body_length(const RtspHeaders& headers) {
    const auto* value = headers.find("Content-Length");
    if (value == nullptr) {
        return 0;
    }
    const auto length = parse_number<std::size_t>(trim(*value));
    if (!length || *length > RtspReader::kMaxBody) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format("the RTSP message has the Content-Length '{}'", printable(*value, 20))
        );
    }
    return *length;
}

Result<RtspStep> parse_message(Bytes buffer) {
    const auto text = as_text(buffer.first(std::min(buffer.size(), RtspReader::kMaxHead)));
    const auto head_size = head_length(text);
    if (head_size == 0) {
        if (buffer.size() >= RtspReader::kMaxHead) {
            return fail(ErrorKind::Corrupt, "the head of the RTSP message exceeds 16 KiB");
        }
        return RtspStep{};
    }
    std::string_view head = text.substr(0, head_size);
    BONGSU_ASSIGN(RtspItem item, parse_start_line(take_until(head, '\n')));
    BONGSU_ASSIGN(RtspHeaders headers, parse_headers(head));
    BONGSU_ASSIGN(const std::size_t length, body_length(headers));
    if (buffer.size() - head_size < length) {
        return RtspStep{};
    }
    const auto body = as_text(buffer.subspan(head_size, length));
    if (auto* request = std::get_if<RtspRequest>(&item)) {
        request->headers = std::move(headers);
        request->body = std::string(body);
    } else if (auto* response = std::get_if<RtspResponse>(&item)) {
        response->headers = std::move(headers);
        response->body = std::string(body);
    }
    return RtspStep{.consumed = head_size + length, .item = std::move(item)};
}

/// True while the bytes can still become a start line: a method or "RTSP/" and nothing unprintable.
bool may_be_message(Bytes buffer) {
    const auto start = as_text(buffer.first(std::min(buffer.size(), kLongestMethod)));
    for (const char c : start) {
        if (c == ' ') {
            return true;
        }
        const bool is_word = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
                             c == '/' || c == '.' || (c >= '0' && c <= '9');
        if (!is_word) {
            return false;
        }
    }
    return start.size() < kLongestMethod;
}

std::size_t frame_length(Bytes buffer) {
    return 4U + (std::size_t{buffer[2]} << 8U) + buffer[3];
}

}  // namespace

void RtspReader::expect_channels(ChannelPair channels) {
    channels_.set(channels.first);
    channels_.set(channels.second);
}

Result<RtspStep> RtspReader::step(Bytes buffer) {
    if (buffer.empty()) {
        return RtspStep{};
    }
    if (is_lost_) {
        return resync(buffer);
    }
    const std::uint8_t first = buffer.front();
    if (first == '\r' || first == '\n') {
        return RtspStep{.consumed = 1, .item = std::nullopt};
    }
    if (first != '$') {
        if (channels_.none()) {
            return may_be_message(buffer) ? parse_message(buffer) : not_rtsp(as_text(buffer));
        }
        if (may_be_message(buffer)) {
            auto message = parse_message(buffer);
            if (message) {
                return message;
            }
        }
        return resync(buffer);
    }
    switch (check_frame(buffer)) {
        case FrameCheck::NeedMore:
            return RtspStep{};
        case FrameCheck::Bad:
            return channels_.none() ? not_rtsp(as_text(buffer)) : resync(buffer);
        case FrameCheck::Good:
            break;
    }
    const auto length = frame_length(buffer);
    if (buffer.size() < length) {
        return RtspStep{};
    }
    const bool is_followed = buffer.size() > length;
    if (!is_followed || !is_boundary(buffer, length)) {
        // Its own bytes were cut short and it reaches into the frames behind it, or it is whole and
        // what follows is garbage.
        switch (find_frame_inside(buffer, length)) {
            case FrameCheck::NeedMore:
                if (is_followed) {
                    return RtspStep{};
                }
                break;
            case FrameCheck::Good:
                return resync(buffer);
            case FrameCheck::Bad:
                break;
        }
    }
    return RtspStep{
        .consumed = length, .item = InterleavedFrame{buffer[1], buffer.subspan(4, length - 4)}
    };
}

RtspReader::FrameCheck RtspReader::check_frame(Bytes buffer) const {
    if (buffer.size() < 2) {
        return FrameCheck::NeedMore;
    }
    if (!channels_.test(buffer[1])) {
        return FrameCheck::Bad;
    }
    if (buffer.size() < 5) {
        return FrameCheck::NeedMore;
    }
    // 8 bytes are the shortest RTCP packet; both RTP and RTCP start with version 2.
    return frame_length(buffer) >= 4 + 8 && (buffer[4] & 0xC0U) == 0x80U ? FrameCheck::Good
                                                                         : FrameCheck::Bad;
}

bool RtspReader::is_boundary(Bytes buffer, std::size_t at) const {
    const auto rest = buffer.subspan(at);
    if (rest.front() == '$') {
        return rest.size() < 2 || channels_.test(rest[1]);
    }
    return std::ranges::any_of(kMessageStarts, [&](std::string_view start) {
        return as_text(rest).starts_with(start.substr(0, rest.size()));
    });
}

/// Whether a frame begins inside the first `length` bytes that what follows it proves to be one.
RtspReader::FrameCheck RtspReader::find_frame_inside(Bytes buffer, std::size_t length) const {
    for (std::size_t at = 4; at < length; ++at) {
        const auto rest = buffer.subspan(at);
        if (rest.front() != '$' || check_frame(rest) == FrameCheck::Bad) {
            continue;
        }
        if (check_frame(rest) == FrameCheck::NeedMore || rest.size() <= frame_length(rest)) {
            return FrameCheck::NeedMore;
        }
        if (is_boundary(rest, frame_length(rest))) {
            return FrameCheck::Good;
        }
    }
    return FrameCheck::Bad;
}

RtspReader::Restart RtspReader::find_restart(Bytes buffer, std::size_t from) const {
    for (std::size_t at = from; at < buffer.size(); ++at) {
        const auto rest = buffer.subspan(at);
        if (as_text(rest).starts_with(kRestart)) {
            return {at, true};
        }
        if (rest.front() != '$') {
            continue;
        }
        const auto check = check_frame(rest);
        if (check == FrameCheck::Bad) {
            continue;
        }
        // A `$` by chance is told from a frame by what follows the frame.
        if (check == FrameCheck::NeedMore || rest.size() <= frame_length(rest)) {
            return {at, false};
        }
        if (is_boundary(rest, frame_length(rest))) {
            return {at, true};
        }
    }
    const auto tail = std::min(buffer.size(), kRestart.size() - 1);
    return {std::max(from, buffer.size() - tail), false};
}

Result<RtspStep> RtspReader::resync(Bytes buffer) {
    std::size_t from = 0;
    if (!is_lost_) {
        is_lost_ = true;
        skipped_now_ = 0;
        ++resyncs_;
        from = 1;  // the byte that broke the framing
    }
    const auto restart = find_restart(buffer, from);
    is_lost_ = !restart.is_found;
    skipped_now_ += restart.at;
    skipped_bytes_ += restart.at;
    if (skipped_now_ > kMaxSkipped) {
        return fail(
            ErrorKind::Corrupt,
            "the interleaved stream lost its framing and no frame was found within 1 MiB"
        );
    }
    return RtspStep{.consumed = restart.at, .item = std::nullopt};
}

}  // namespace bongsu::media
