#include "ingest/rtsp/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

}  // namespace

/// What is no name needs no looking up.
asio::awaitable<Result<NameLookup::Addresses>> Connection::find(std::string host) {
    error_code is_name;
    asio::ip::make_address(host, is_name);
    if (!is_name) {
        co_return NameLookup::Addresses{host};
    }

    struct Wait {
        asio::steady_timer timer;
        std::optional<Result<NameLookup::Addresses>> found;
    };

    auto wait = std::make_shared<Wait>(
        asio::steady_timer(context_, asio::steady_timer::time_point::max()), std::nullopt
    );
    names_.start(host, [wait, &context = context_](Result<NameLookup::Addresses> found) {
        asio::post(context, [wait, found = std::move(found)] {
            wait->found = found;
            wait->timer.cancel();
        });
    });
    co_await wait->timer.async_wait(kAwait);
    co_return wait->found ? *wait->found : fail(ErrorKind::Cancelled, "it was given up");
}

asio::awaitable<Status> Connection::connect(std::string host, std::uint16_t port) {
    const auto found = co_await find(host);
    if (!found) {
        co_return fail(
            ErrorKind::Unavailable,
            fmt::format(
                "cannot find the host of {}: {}; check the name", shown_url_, found.error().message
            )
        );
    }
    std::vector<asio::ip::tcp::endpoint> addresses;
    for (const std::string& address : *found) {
        error_code ignored;
        addresses.emplace_back(asio::ip::make_address(address, ignored), port);
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
    socket_.native_non_blocking(true, ignored);
    handle_ = socket_.native_handle();
    co_return Status{};
}

asio::awaitable<void> Connection::wait_readable() {
    co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, kAwait);
}

void Connection::set_watched(bool is_watched) {
    if (is_watched == is_watched_ || handle_ < 0) {
        return;
    }
    error_code ignored;
    if (is_watched) {
        socket_.assign(peer_.is_v6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), handle_, ignored);
    } else {
        socket_.release(ignored);
    }
    is_watched_ = is_watched;
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
    const ssize_t count = ::recv(handle_, room.data(), room.size(), MSG_DONTWAIT);
    if (count > 0) {
        return static_cast<std::size_t>(count);
    }
    if (count == 0) {
        return fail(lost("the camera closed the connection"));
    }
    if (errno == EAGAIN || errno == EINTR) {
        return 0;
    }
    return fail(lost(std::generic_category().message(errno)));
}

Status Connection::send(std::string_view bytes) {
    const ssize_t sent = ::send(handle_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(bytes.size())) {
        return {};
    }
    if (sent >= 0 || errno == EAGAIN) {
        return fail(lost("the camera does not read any more"));
    }
    return fail(lost(std::generic_category().message(errno)));
}

void Connection::close() {
    error_code ignored;
    if (!is_watched_ && handle_ >= 0) {
        ::close(handle_);
    }
    socket_.close(ignored);
    handle_ = -1;
    is_watched_ = true;
}

Error Connection::lost(std::string_view why) const {
    return {
        ErrorKind::Unavailable,
        fmt::format("the connection to {} was lost: {}", shown_url_, why),
        nullptr
    };
}

}  // namespace bongsu::ingest::rtsp
