// The part of Connection that does what the fault script says.
#include "camsim/connection.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

namespace bongsu::camsim {

namespace {

// Words of the journal, beside those of the actions.
constexpr std::string_view kSwitched = "switched";
constexpr std::string_view kLost = "lost";

}  // namespace

/// Turns to the other film, and back, where the script says so: with its next key picture. True
/// when it did, as that picture may not be due yet.
bool Connection::follow_film() {
    PlaySession& session = *responder_.session();
    const Stream& stream = *session.stream;
    const bool is_other = stream.other_timeline &&
                          stream.faults->plays_other_film(session.turn, since_play(session.next));
    if (is_other == session.is_other_film) {
        return false;
    }
    const MonoTime due = session.timeline.due(session.next);
    session.is_other_film = is_other;
    session.timeline = stream.timeline_of(is_other);
    session.next = session.timeline.next_key(session.timeline.first_due_from(due));
    session.stream->journal.note_fault(kSwitched, due, due);
    return true;
}

Duration Connection::since_play(UnitNumber number) const {
    const PlaySession& session = *responder_.session();
    return std::max(session.timeline.due(number) - session.played_from, Duration{0});
}

FaultAction Connection::fault_at(UnitNumber number) const {
    const PlaySession& session = *responder_.session();
    const FaultMoment moment{since_play(number), since_play(std::max<UnitNumber>(number - 1, 0))};
    return session.stream->faults->before_unit(moment);
}

/// True when the picture is not sent.
bool Connection::suffer(FaultAction action, UnitNumber number) {
    Stream& stream = *responder_.session()->stream;
    const MonoTime due = responder_.session()->timeline.due(number);
    const MonoTime now = host_.clock().mono();
    if (action != FaultAction::Withhold && is_withholding_) {
        is_withholding_ = false;
        stream.journal.end_fault(to_string(FaultAction::Withhold), due);
    }
    switch (action) {
        case FaultAction::None:
        case FaultAction::Tear:
        case FaultAction::Cut:
            return false;
        case FaultAction::Withhold:
            if (!is_withholding_) {
                is_withholding_ = true;
                stream.journal.note_fault(to_string(action), due, std::nullopt);
            }
            ++stream.counters.units_withheld;
            waits_for_key_ = true;
            return true;
        case FaultAction::Garbage:
            stream.journal.note_fault(to_string(action), now, now);
            send_garbage();
            return false;
        case FaultAction::Reset:
            stream.journal.note_fault(to_string(action), now, std::nullopt);
            reset();
            return true;
        case FaultAction::Hang:
            stream.journal.note_fault(to_string(action), now, std::nullopt);
            hang();
            return true;
    }
    return false;
}

/// Bytes of the middle are left out, as when a camera ignores that its socket took only a part; or
/// all that follows, with a reset. Over UDP the picture is lost instead.
void Connection::send_damaged(const FilmUnit& unit, UnitNumber number, FaultAction action) {
    PlaySession& session = *responder_.session();
    const MonoTime now = host_.clock().mono();
    session.stream->journal.note_fault(
        to_string(action), now, action == FaultAction::Tear ? std::optional(now) : std::nullopt
    );
    note_sent(number, false);
    const auto channels = session.transport.interleaved;
    WireUnit& wire = host_.scratch();
    const std::uint32_t rtp_time = session.timeline.rtp_time(number);
    write_unit(
        unit,
        rtp_time,
        channels ? std::optional(channels->first) : std::nullopt,
        session.cursor,
        wire
    );
    if (!channels) {
        return;
    }
    iovec& payload = wire.parts[1];
    payload.iov_len /= 2;
    const std::size_t kept = action == FaultAction::Cut ? 2 : wire.parts.size();
    if (!outbox_.send(std::span(wire.parts).first(kept))) {
        close("the client is gone");
        return;
    }
    wait_until_writable();
    if (action == FaultAction::Cut) {
        reset();
    }
}

/// How many packets of the picture the script or the socket lost.
std::size_t Connection::send_datagrams(const WireUnit& wire, std::uint32_t first_packet) {
    constexpr std::size_t kLateBy = 3;
    PlaySession& session = *responder_.session();
    const std::uint64_t seed =
        std::hash<std::string>{}(session.stream->camera.value()) + session.turn;
    const auto fate_of = [&](std::size_t index) {
        const auto number = first_packet + static_cast<std::uint32_t>(index);
        return session.stream->faults->fate_of({seed, number});
    };
    const std::size_t count = wire.parts.size() / 2;
    std::size_t lost = 0;
    order_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const PacketFate fate = fate_of(i);
        lost += fate.copies == 0 ? 1 : 0;
        order_.insert(order_.end(), static_cast<std::size_t>(fate.copies), i);
    }
    for (std::size_t at = 0; at + 1 < order_.size(); ++at) {
        if (fate_of(order_[at]).is_late) {
            const std::size_t behind = std::min(at + kLateBy, order_.size() - 1);
            const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(at);
            std::rotate(begin, begin + 1, order_.begin() + static_cast<std::ptrdiff_t>(behind) + 1);
            at = behind;
        }
    }
    if (lost > 0) {
        const MonoTime now = host_.clock().mono();
        session.stream->journal.note_fault(kLost, now, now);
    }
    return lost +
           host_.udp().send_unit(wire, peer_at(session.transport.client_port->first), order_);
}

/// What a live555-based camera does after a partial write: bytes that fit no frame.
void Connection::send_garbage() {
    constexpr std::array<std::uint8_t, 24> kGarbage{0xDE, 0xAD, 0xBE, 0xEF, '$',  0x7F, 0xFF, 0xFF,
                                                    0x00, 0x01, 0x02, 0x03, 0xFF, 0xFE, 0xFD, 0xFC,
                                                    0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55};
    const PlaySession& session = *responder_.session();
    if (session.transport.interleaved) {
        send_bytes(kGarbage);
    } else {
        host_.udp().send_rtp(kGarbage, peer_at(session.transport.client_port->first));
    }
}

}  // namespace bongsu::camsim
