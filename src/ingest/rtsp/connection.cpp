#include "ingest/rtsp/connection.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

}  // namespace

asio::awaitable<Status> Connection::connect(std::string host, std::uint16_t port) {
    const auto [resolve_error, addresses] =
        co_await resolver_.async_resolve(host, std::to_string(port), kAwait);
    if (resolve_error) {
        co_return fail(
            ErrorKind::Unavailable,
            fmt::format(
                "cannot find the host of {}: {}; check the name",
                shown_url_,
                resolve_error.message()
            )
        );
    }
    const auto [connect_error, endpoint] = co_await asio::async_connect(socket_, addresses, kAwait);
    if (connect_error) {
        co_return fail(
            ErrorKind::Unavailable,
            fmt::format(
                "cannot reach {}: {}; check the address, the port and the network",
                shown_url_,
                connect_error.message()
            )
        );
    }
    error_code ignored;
    peer_ = endpoint.address();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.set_option(asio::socket_base::keep_alive(true), ignored);
    socket_.non_blocking(true, ignored);
    co_return Status{};
}

asio::awaitable<void> Connection::wait_readable() {
    co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, kAwait);
}

Status Connection::drain(const ItemHandler& handler) {
    bool is_full = true;
    while (is_full) {
        std::copy(pending_.begin(), pending_.end(), scratch_.begin());
        BONGSU_ASSIGN(const std::size_t count, read_some(pending_.size()));
        if (count == 0) {
            return {};
        }
        const Bytes bytes = scratch_.first(pending_.size() + count);
        is_full = bytes.size() == scratch_.size();
        std::size_t used = 0;
        BONGSU_TRY(parse(bytes, handler, used));
        if (used == 0 && is_full) {
            return fail(ErrorKind::Corrupt, shown_url_ + " sent a message beyond all bounds");
        }
        pending_.assign(bytes.begin() + static_cast<std::ptrdiff_t>(used), bytes.end());
    }
    return {};
}

Status Connection::parse(Bytes bytes, const ItemHandler& handler, std::size_t& used) {
    while (used < bytes.size()) {
        auto step = reader_.step(bytes.subspan(used));
        if (!step) {
            return fail(step.error().within(shown_url_));
        }
        if (step->consumed == 0) {
            break;
        }
        used += step->consumed;
        if (step->item) {
            BONGSU_TRY(handler(*step->item));
        }
    }
    return {};
}

/// 0 when nothing is there now.
Result<std::size_t> Connection::read_some(std::size_t offset) {
    const auto room = scratch_.subspan(offset);
    error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(room.data(), room.size()), error);
    if (error == asio::error::would_block || error == asio::error::try_again) {
        return 0;
    }
    if (error == asio::error::eof) {
        return fail(lost("the camera closed the connection"));
    }
    if (error) {
        return fail(lost(error.message()));
    }
    return count;
}

Status Connection::send(std::string_view bytes) {
    error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    if (error) {
        return fail(lost(error.message()));
    }
    if (sent < bytes.size()) {
        return fail(lost("the camera does not read any more"));
    }
    return {};
}

void Connection::close() {
    error_code ignored;
    resolver_.cancel();
    socket_.close(ignored);
}

Error Connection::lost(std::string_view why) const {
    return {
        ErrorKind::Unavailable,
        fmt::format("the connection to {} was lost: {}", shown_url_, why),
        nullptr
    };
}

}  // namespace bongsu::ingest::rtsp
