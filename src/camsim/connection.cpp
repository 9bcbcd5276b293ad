#include "camsim/connection.hpp"

#include "camsim/rtcp_bye.hpp"
#include "core/log.hpp"
#include "media/rtp/rtcp.hpp"

#include <algorithm>
#include <variant>

#include <boost/asio/buffer.hpp>
#include <sys/socket.h>

namespace bongsu::camsim {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kFirstInput = 4096;
constexpr auto kLate = std::chrono::seconds{1};
constexpr Duration kLongestHang = std::chrono::minutes{2};
constexpr std::string_view kCname = "camera@bongsu-camsim";
constexpr std::string_view kReceiverReport = "RTCP";

constexpr std::string_view kDropped = "dropped";  // in the journal

}  // namespace

Connection::Connection(
    asio::ip::tcp::socket socket, std::uint64_t id, ConnectionHost& host, RtspResponder responder
)
    : socket_(std::move(socket)),
      id_(id),
      host_(host),
      responder_(std::move(responder)),
      outbox_(socket_.native_handle()),
      input_(kFirstInput),
      last_heard_(host.clock().mono()),
      next_report_(last_heard_) {
    error_code ignored;
    peer_ = socket_.remote_endpoint(ignored).address();
}

Connection::~Connection() {
    close("the server stops");
}

void Connection::start() {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    read();
}

void Connection::read() {
    if (filled_ == input_.size()) {
        input_.resize(std::min(input_.size() * 2, media::RtspReader::kMaxItem));
    }
    socket_.async_read_some(
        asio::buffer(input_.data() + filled_, input_.size() - filled_),
        [self = shared_from_this()](const error_code& error, std::size_t size) {
            if (self->is_hung_) {
                return;
            }
            self->filled_ += size;
            if (error) {
                self->close(error.message());
                return;
            }
            self->take_items();
            if (!self->is_open()) {
                return;
            }
            self->read();
        }
    );
}

void Connection::take_items() {
    std::size_t used = 0;
    while (is_open()) {
        const auto step = reader_.step(Bytes(input_.data() + used, filled_ - used));
        if (!step) {
            close(step.error().message);
            return;
        }
        if (step->consumed == 0 && !step->item) {
            break;
        }
        used += step->consumed;
        if (step->item) {
            take_item(*step->item);
        }
    }
    const auto begin = input_.begin();
    std::copy(
        begin + static_cast<std::ptrdiff_t>(used),
        begin + static_cast<std::ptrdiff_t>(filled_),
        begin
    );
    filled_ -= used;
    if (filled_ == media::RtspReader::kMaxItem) {
        close("a request is too large");
    }
}

/// Interleaved frames of a client are receiver reports: a sign of life and nothing more.
void Connection::take_item(const media::RtspItem& item) {
    const auto* request = std::get_if<media::RtspRequest>(&item);
    hear(request != nullptr ? std::string_view(request->method) : kReceiverReport);
    if (request != nullptr) {
        answer(*request);
    }
}

/// Some cameras count only some requests as signs of life.
void Connection::hear(std::string_view method) {
    const PlaySession* session = responder_.session();
    if (session == nullptr || session->stream->faults->is_sign_of_life(method)) {
        last_heard_ = host_.clock().mono();
    }
}

void Connection::answer(const media::RtspRequest& request) {
    const Clock& clock = host_.clock();
    const auto response = responder_.answer(request, clock.mono(), clock.wall());
    const std::string text = media::write_response(response);
    send_bytes(Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    // A client that asks and never reads the answers.
    if (outbox_.pending() > 2 * static_cast<std::size_t>(backlog_limit())) {
        close("the client does not read the answers");
        return;
    }
    follow_session();
    const PlaySession* session = responder_.session();
    if (session != nullptr && session->stream->faults->hangs_up_after(request.method)) {
        session->stream->journal.note_fault(kDropped, clock.mono(), std::nullopt);
        close("the fault script hangs up");
    }
}

/// Takes note of a change of the session: what is played, and on which channels.
void Connection::follow_session() {
    const PlaySession* session = responder_.session();
    if (session != nullptr && session->transport.interleaved) {
        reader_.expect_channels(*session->transport.interleaved);
    }
    const bool is_playing = session != nullptr && session->is_playing;
    Stream* stream = is_playing ? session->stream : nullptr;
    if (stream == counted_) {
        return;
    }
    if (counted_ != nullptr) {
        --counted_->counters.sessions;
    }
    counted_ = stream;
    if (stream == nullptr) {
        return;
    }
    ++stream->counters.sessions;
    next_report_ = host_.clock().mono();
    waits_for_key_ = false;
    if (!is_woken_later_) {
        is_woken_later_ = true;
        host_.wake_at(id_, session->timeline.due(session->next));
    }
}

void Connection::play_due() {
    is_woken_later_ = false;
    PlaySession* session = responder_.session();
    if (!is_open() || is_hung_ || session == nullptr || !session->is_playing) {
        return;
    }
    const MonoTime now = host_.clock().mono();
    skip_if_late(now);
    while (is_open() && !is_hung_ && session->timeline.due(session->next) <= now) {
        if (!session->stream->is_looped && session->next >= session->timeline.units_per_loop()) {
            end_film();
            return;
        }
        if (!follow_film()) {
            send_unit(session->next, now);
            ++session->next;
        }
    }
    if (is_open() && !is_hung_) {
        is_woken_later_ = true;
        host_.wake_at(id_, session->timeline.due(session->next));
    }
}

/// A simulator that cannot keep up leaves pictures out instead of falling behind for ever.
void Connection::skip_if_late(MonoTime now) {
    PlaySession& session = *responder_.session();
    if (now - session.timeline.due(session.next) < kLate || !session.stream->is_looped) {
        return;
    }
    const UnitNumber from = session.timeline.next_key(session.timeline.first_due_from(now));
    const auto skipped = static_cast<std::uint64_t>(from - session.next);
    session.stream->counters.units_dropped += skipped;
    session.stream->counters.units_late += skipped;
    session.next = from;
}

void Connection::send_unit(UnitNumber number, MonoTime now) {
    PlaySession& session = *responder_.session();
    const FilmUnit& unit = session.timeline.unit(number);
    const FaultAction fault = fault_at(number);
    if (suffer(fault, number)) {
        return;
    }
    if (!may_send(unit)) {
        ++session.stream->counters.units_dropped;
        return;
    }
    const auto offset = session.stream->faults->report_offset(since_play(number));
    if (now >= next_report_ && offset) {
        send_report(now, *offset);
        next_report_ = now + host_.options().report_interval;
    }
    if (fault == FaultAction::Tear || fault == FaultAction::Cut) {
        send_damaged(unit, number, fault);
        return;
    }
    send_packets(unit, number);
}

/// Overflow policy of a slow client: drop to the next key picture.
bool Connection::may_send(const FilmUnit& unit) {
    if (outbox_.pending() + unit.bytes->size() > static_cast<std::size_t>(backlog_limit()) &&
        outbox_.pending() > 0) {
        waits_for_key_ = true;
        return false;
    }
    if (waits_for_key_ && !unit.is_key) {
        return false;
    }
    waits_for_key_ = false;
    return true;
}

void Connection::note_sent(UnitNumber number, bool is_whole) {
    PlaySession& session = *responder_.session();
    session.stream->journal.note_sent(
        {number, host_.clock().mono(), session.is_other_film, is_whole}
    );
}

void Connection::send_packets(const FilmUnit& unit, UnitNumber number) {
    PlaySession& session = *responder_.session();
    StreamCounters& counters = session.stream->counters;
    const std::uint32_t rtp_time = session.timeline.rtp_time(number);
    const std::uint32_t first_packet = session.cursor.packets;
    WireUnit& wire = host_.scratch();
    std::size_t lost = 0;
    if (const auto channels = session.transport.interleaved) {
        write_unit(unit, rtp_time, channels->first, session.cursor, wire);
        if (!outbox_.send(wire.parts)) {
            close("the client is gone");
            return;
        }
        wait_until_writable();
    } else {
        write_unit(unit, rtp_time, std::nullopt, session.cursor, wire);
        lost = send_datagrams(wire, first_packet);
        counters.packets_lost += lost;
    }
    note_sent(number, lost == 0);
    ++counters.units_sent;
    counters.bytes_sent += wire.total;
    counters.last_unit = number;
    counters.last_rtp_time = rtp_time;
}

void Connection::send_report(MonoTime now, Duration offset) {
    const PlaySession& session = *responder_.session();
    const media::SenderReport report{
        .ssrc = session.cursor.ssrc,
        .wall = session.timeline.wall_at(now) + offset,
        .ntp_middle = 0,
        .rtp_timestamp = session.timeline.rtp_time_at(now),
        .packets = session.cursor.packets,
        .octets = session.cursor.octets,
    };
    const auto packet = media::write_sender_report(report, kCname);
    if (const auto channels = session.transport.interleaved) {
        send_bytes(interleave(channels->second, packet));
    } else {
        host_.udp().send_report(packet, peer_at(session.transport.client_port->second));
    }
}

void Connection::send_bytes(Bytes bytes) {
    if (!is_open() || is_hung_) {
        return;
    }
    if (!outbox_.send(bytes)) {
        close("the client is gone");
        return;
    }
    wait_until_writable();
}

void Connection::wait_until_writable() {
    if (is_writing_ || outbox_.pending() == 0) {
        return;
    }
    is_writing_ = true;
    socket_.async_wait(
        asio::ip::tcp::socket::wait_write,
        [self = shared_from_this()](const error_code& error) {
            self->is_writing_ = false;
            if (self->is_hung_) {
                return;
            }
            if (error || !self->outbox_.flush()) {
                self->close("the client is gone");
                return;
            }
            self->finish_if_sent();
            self->wait_until_writable();
        }
    );
}

/// A film that is not repeated says goodbye the way a camera does that is switched off in order.
void Connection::end_film() {
    PlaySession& session = *responder_.session();
    const auto bye = write_bye(session.cursor.ssrc);
    if (const auto channels = session.transport.interleaved) {
        send_bytes(interleave(channels->second, bye));
    } else {
        host_.udp().send_report(bye, peer_at(session.transport.client_port->second));
    }
    session.is_playing = false;
    follow_session();
    is_ending_ = true;
    finish_if_sent();
}

/// The client reads to the end and closes; closing first could destroy what it has not read yet.
void Connection::finish_if_sent() {
    if (is_ending_ && is_open() && outbox_.pending() == 0) {
        error_code ignored;
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    }
}

void Connection::check_timeout(MonoTime now) {
    const Duration limit = responder_.session_timeout();
    if (now - last_heard_ > (is_hung_ ? std::max(limit, kLongestHang) : limit)) {
        if (!is_hung_ && counted_ != nullptr) {
            counted_->journal.note_fault(kDropped, now, std::nullopt);
        }
        close("nothing was heard for the session timeout");
    }
}

void Connection::hear_report(const UdpPorts::Endpoint& from) {
    const PlaySession* session = responder_.session();
    if (session != nullptr && session->transport.client_port && from.address() == peer_ &&
        from.port() == session->transport.client_port->second) {
        hear(kReceiverReport);
    }
}

UdpPorts::Endpoint Connection::peer_at(std::uint16_t port) const {
    return {peer_, port};
}

void Connection::reset() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close("reset by the fault script");
}

void Connection::close(std::string_view why) {
    if (!is_open()) {
        return;
    }
    log::debug("camsim.closed", {{"peer", peer_.to_string()}, {"why", why}});
    if (counted_ != nullptr) {
        --counted_->counters.sessions;
        counted_ = nullptr;
    }
    error_code ignored;
    socket_.close(ignored);
    host_.forget(id_);
}

}  // namespace bongsu::camsim
