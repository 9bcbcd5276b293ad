#include "net/websocket_frame.hpp"

#include <algorithm>
#include <cstring>

namespace bongsu::net {
namespace {

constexpr std::size_t kMaxControl = 125;
constexpr std::uint8_t kFinal = 0x80;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::size_t kKeptCapacity = std::size_t{64} * 1024;

/// `at` says which byte of the key comes first.
void apply_mask(
    std::span<std::uint8_t> bytes, const std::array<std::uint8_t, 4>& key, std::size_t at
) {
    std::array<std::uint8_t, 8> turned{};
    for (std::size_t i = 0; i < turned.size(); ++i) {
        turned[i] = key[(at + i) % 4];
    }
    std::uint64_t wide = 0;
    std::memcpy(&wide, turned.data(), sizeof wide);
    std::size_t i = 0;
    for (; i + sizeof wide <= bytes.size(); i += sizeof wide) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        word ^= wide;
        std::memcpy(bytes.data() + i, &word, sizeof word);
    }
    for (; i < bytes.size(); ++i) {
        bytes[i] ^= turned[i % turned.size()];
    }
}

std::uint64_t read_big_endian(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) {
        value = (value << 8) | byte;
    }
    return value;
}

WebSocketViolation protocol_error(std::string_view text) {
    return {close_code::kProtocolError, text};
}

}  // namespace

WebSocketHead write_websocket_head(WebSocketOpcode opcode, std::uint64_t payload) {
    WebSocketHead head;
    head.bytes[0] = static_cast<std::uint8_t>(kFinal | static_cast<std::uint8_t>(opcode));
    std::size_t length_bytes = 0;
    if (payload <= kMaxControl) {
        head.bytes[1] = static_cast<std::uint8_t>(payload);
    } else if (payload <= 0xFFFF) {
        head.bytes[1] = 126;
        length_bytes = 2;
    } else {
        head.bytes[1] = 127;
        length_bytes = 8;
    }
    for (std::size_t i = 0; i < length_bytes; ++i) {
        head.bytes[2 + i] = static_cast<std::uint8_t>(payload >> (8 * (length_bytes - 1 - i)));
    }
    head.size = 2 + length_bytes;
    return head;
}

std::string write_masked_frame(
    WebSocketOpcode opcode, std::string_view payload, std::array<std::uint8_t, 4> key
) {
    WebSocketHead head = write_websocket_head(opcode, payload.size());
    head.bytes[1] |= kMasked;
    std::string frame(reinterpret_cast<const char*>(head.bytes.data()), head.size);
    frame.append(reinterpret_cast<const char*>(key.data()), key.size());
    const std::size_t begin = frame.size();
    frame.append(payload);
    apply_mask({reinterpret_cast<std::uint8_t*>(frame.data()) + begin, payload.size()}, key, 0);
    return frame;
}

std::string write_close_payload(std::uint16_t code, std::string_view reason) {
    std::size_t size = std::min(reason.size(), kMaxControl - 2);
    while (size > 0 && !is_utf8(reason.substr(0, size))) {
        --size;
    }
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    payload.append(reason.substr(0, size));
    return payload;
}

bool is_close_code(std::uint16_t code) {
    const bool is_defined = code >= 1000 && code <= 1014 && code != 1004 &&
                            code != close_code::kNoStatus && code != close_code::kAbnormal;
    return is_defined || (code >= 3000 && code <= 4999);
}

WebSocketReader::WebSocketReader(bool is_masked, std::size_t max_message_bytes)
    : is_masked_(is_masked), max_message_bytes_(max_message_bytes) {}

std::optional<WebSocketViolation> WebSocketReader::feed(
    std::span<const std::uint8_t> bytes, const Sink& sink
) {
    Violation violation;
    while (!violation && !is_over_) {
        if (!is_in_payload_) {
            const std::size_t wanted = head_size();
            const std::size_t size = std::min(wanted - head_filled_, bytes.size());
            std::ranges::copy(bytes.first(size), head_.begin() + static_cast<long>(head_filled_));
            head_filled_ += size;
            bytes = bytes.subspan(size);
            if (head_filled_ < wanted) {
                return {};
            }
            if (head_filled_ == head_size()) {  // else the length told that the head is longer
                violation = begin_frame();
            }
            continue;
        }
        const std::size_t size = std::min<std::uint64_t>(left_, bytes.size());
        violation = take_payload(bytes.first(size));
        bytes = bytes.subspan(size);
        if (violation) {
            break;
        }
        if (left_ > 0) {
            return {};
        }
        violation = end_frame(sink);
    }
    is_over_ = is_over_ || violation.has_value();
    return violation;
}

/// Of the frame whose head is being read, as far as it is known.
std::size_t WebSocketReader::head_size() const {
    if (head_filled_ < 2) {
        return 2;
    }
    const std::uint8_t length = head_[1] & 0x7FU;
    const std::size_t extra = length == 126 ? 2 : (length == 127 ? 8 : 0);
    return 2 + extra + ((head_[1] & kMasked) != 0 ? 4 : 0);
}

WebSocketReader::Violation WebSocketReader::begin_frame() {
    const std::span<const std::uint8_t> head(head_.data(), head_filled_);
    head_filled_ = 0;
    is_final_ = (head[0] & kFinal) != 0;
    opcode_ = static_cast<WebSocketOpcode>(head[0] & 0x0FU);
    const bool has_mask = (head[1] & kMasked) != 0;
    const std::size_t mask_bytes = has_mask ? 4 : 0;
    const std::size_t length_bytes = head.size() - 2 - mask_bytes;
    left_ = length_bytes == 0 ? head[1] & 0x7FU : read_big_endian(head.subspan(2, length_bytes));
    if ((head[0] & 0x70U) != 0) {
        return protocol_error("reserved bits are set");
    }
    if (has_mask != is_masked_) {
        return protocol_error(is_masked_ ? "a frame is not masked" : "a frame is masked");
    }
    if ((length_bytes == 2 && left_ <= kMaxControl) || (length_bytes == 8 && left_ <= 0xFFFF)) {
        return protocol_error("a length is not in its shortest form");
    }
    if (has_mask) {
        std::ranges::copy(head.last(4), key_.begin());
        key_at_ = 0;
    }
    is_in_payload_ = true;
    if (!is_control()) {
        return begin_data_frame();
    }
    if (opcode_ > WebSocketOpcode::Pong) {
        return protocol_error("unknown opcode");
    }
    if (!is_final_ || left_ > kMaxControl) {
        return protocol_error("a control frame is fragmented or longer than 125 bytes");
    }
    control_.clear();
    return {};
}

WebSocketReader::Violation WebSocketReader::begin_data_frame() {
    if (opcode_ > WebSocketOpcode::Binary) {
        return protocol_error("unknown opcode");
    }
    if ((opcode_ == WebSocketOpcode::Continuation) != message_opcode_.has_value()) {
        return protocol_error("a fragment is out of order");
    }
    if (!message_opcode_) {
        message_opcode_ = opcode_;
        utf8_ = {};
    }
    if (left_ > max_message_bytes_ - message_.size()) {
        return WebSocketViolation{close_code::kTooLarge, "the message is too large"};
    }
    return {};
}

WebSocketReader::Violation WebSocketReader::take_payload(std::span<const std::uint8_t> bytes) {
    left_ -= bytes.size();
    auto& into = is_control() ? control_ : message_;
    const std::size_t begin = into.size();
    into.insert(into.end(), bytes.begin(), bytes.end());
    const std::span<std::uint8_t> added = std::span(into).subspan(begin);
    if (is_masked_) {
        apply_mask(added, key_, key_at_);
        key_at_ = (key_at_ + bytes.size()) % 4;
    }
    if (!is_control() && message_opcode_ == WebSocketOpcode::Text && !utf8_.feed(added)) {
        return WebSocketViolation{close_code::kBadText, "text is not UTF-8"};
    }
    return {};
}

WebSocketReader::Violation WebSocketReader::end_frame(const Sink& sink) {
    is_in_payload_ = false;
    if (opcode_ == WebSocketOpcode::Close) {
        return end_close(sink);
    }
    if (is_control()) {
        sink({.opcode = opcode_, .payload = control_});
        return {};
    }
    if (!is_final_) {
        return {};
    }
    if (message_opcode_ == WebSocketOpcode::Text && !utf8_.is_complete()) {
        return WebSocketViolation{close_code::kBadText, "text is not UTF-8"};
    }
    sink({.opcode = *message_opcode_, .payload = message_});
    message_opcode_.reset();
    message_.clear();
    if (message_.capacity() > kKeptCapacity) {
        message_.shrink_to_fit();  // one large message must not cost memory for good
    }
    return {};
}

WebSocketReader::Violation WebSocketReader::end_close(const Sink& sink) {
    is_over_ = true;
    WebSocketMessage close{.opcode = opcode_, .payload = {}, .close_code = close_code::kNoStatus};
    if (control_.size() == 1) {
        return protocol_error("a close frame holds half a code");
    }
    if (!control_.empty()) {
        close.close_code = static_cast<std::uint16_t>((control_[0] << 8) | control_[1]);
        close.payload = std::span(control_).subspan(2);
        if (!is_close_code(close.close_code)) {
            return protocol_error("a close frame holds a code that must not be sent");
        }
        if (!is_utf8(close.text())) {
            return WebSocketViolation{close_code::kBadText, "a reason is not UTF-8"};
        }
    }
    sink(close);
    return {};
}

}  // namespace bongsu::net
