#include "console/web.hpp"

#include "core/json.hpp"
#include "net/http_client.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::bench {
namespace {

/// "127.0.0.1:4711" of "http://127.0.0.1:4711/".
std::string authority_of(const std::string& url) {
    const std::size_t begin = url.find("://") + 3;
    return url.substr(begin, url.find('/', begin) - begin);
}

std::string join(const std::string& url, const std::string& target) {
    return "http://" + authority_of(url) + target;
}

}  // namespace

Result<Login> log_in(const std::string& url, const Account& account) {
    net::HttpCall call;
    call.method = "POST";
    call.url = join(url, "/api/v1/session");
    call.headers = {{"Content-Type", "application/json"}};
    call.body = to_json(Value::Map{{"user", account.user}, {"password", account.password}});
    BONGSU_ASSIGN(const net::HttpResponse answer, net::http_call(call));
    const std::string* cookie = net::find_field(answer.headers, "set-cookie");
    if (answer.status != 200 || cookie == nullptr) {
        return fail(
            ErrorKind::Internal,
            account.user + " cannot log in: " + std::to_string(answer.status) + " " + answer.body
        );
    }
    return Login{url, cookie->substr(0, cookie->find(';'))};
}

Result<std::string> get(const Login& login, const std::string& target) {
    net::HttpCall call;
    call.url = join(login.url, target);
    call.headers = {{"Cookie", login.cookie}, {"Bongsu-Purpose", "control"}};
    call.max_body_bytes = std::size_t{64} << 20U;
    BONGSU_ASSIGN(net::HttpResponse answer, net::http_call(call));
    if (answer.status != 200) {
        return fail(
            ErrorKind::Internal,
            target + " answered " + std::to_string(answer.status) + " " + answer.body
        );
    }
    return std::move(answer.body);
}

net::WebSocketCall socket_call(const Login& login, const std::string& target) {
    const std::string authority = authority_of(login.url);
    return {
        .url = "ws://" + authority + target,
        .headers = {{"Cookie", login.cookie}, {"Origin", "http://" + authority}}
    };
}

Result<KeptConnection> KeptConnection::open(const Login& login) {
    const std::string authority = authority_of(login.url);
    const std::size_t colon = authority.find(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(authority.substr(colon + 1))));
    inet_pton(AF_INET, authority.substr(0, colon).c_str(), &address.sin_addr);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return fail(ErrorKind::Unavailable, "cannot make a socket");
    }
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    KeptConnection connection(socket, login);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return fail(ErrorKind::Unavailable, "cannot connect to " + authority);
    }
    return connection;
}

KeptConnection::~KeptConnection() {
    if (socket_ >= 0) {
        close(socket_);
    }
}

KeptConnection::KeptConnection(KeptConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      login_(std::move(other.login_)),
      buffer_(std::move(other.buffer_)) {}

Status KeptConnection::fill() {
    std::array<char, 16'384> bytes{};
    const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
        return fail(ErrorKind::Unavailable, "the server closed the connection");
    }
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return {};
}

Result<int> KeptConnection::get(const std::string& target) {
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: " + authority_of(login_.url) +
                                "\r\nCookie: " + login_.cookie + "\r\n\r\n";
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
        return fail(ErrorKind::Unavailable, "the server closed the connection");
    }
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        BONGSU_TRY(fill());
    }
    constexpr std::string_view kLength = "\r\ncontent-length: ";
    std::string head = buffer_.substr(0, buffer_.find("\r\n\r\n"));
    std::ranges::transform(head, head.begin(), [](unsigned char c) { return std::tolower(c); });
    std::size_t length = 0;
    if (const std::size_t at = head.find(kLength); at != std::string::npos) {
        std::from_chars(head.data() + at + kLength.size(), head.data() + head.size(), length);
    }
    const std::size_t whole = head.size() + 4 + length;
    while (buffer_.size() < whole) {
        BONGSU_TRY(fill());
    }
    const int status = std::stoi(buffer_.substr(9, 3));
    buffer_.erase(0, whole);
    return status;
}

}  // namespace bongsu::bench
