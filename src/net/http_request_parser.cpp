#include "net/http_request_parser.hpp"

#include "net/http_target.hpp"
#include "net/http_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace bongsu::net {

namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t kMaxFields = 128;
constexpr std::string_view kHostChars =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:[]";
/// A chunk's size line or the trailer: what the parser must see whole within a body.
constexpr std::size_t kMaxChunkHead = 8 * 1024;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

struct HttpRequestParser::Wire {
    http::request_parser<http::string_body> parser;
};

HttpRequestParser::HttpRequestParser(std::size_t max_head_bytes, std::size_t max_body_bytes)
    : max_head_bytes_(max_head_bytes), max_body_bytes_(max_body_bytes) {}

HttpRequestParser::~HttpRequestParser() = default;

HttpRequestParser::State HttpRequestParser::feed(std::string_view bytes) {
    if (state_ == State::Refused) {
        return state_;
    }
    input_.append(bytes);
    return advance();
}

HttpRequestParser::State HttpRequestParser::next() {
    if (state_ == State::Done) {
        state_ = State::Idle;
        wire_.reset();
        request_ = {};
        searched_ = 0;
    }
    return advance();
}

HttpRequestParser::State HttpRequestParser::advance() {
    if (state_ == State::Idle || state_ == State::Head) {
        state_ = advance_head();
    }
    if (state_ == State::Body) {
        state_ = advance_body();
    }
    return state_;
}

HttpRequestParser::State HttpRequestParser::advance_head() {
    constexpr std::string_view kEnd = "\r\n\r\n";
    if (state_ == State::Idle) {  // an empty line before a request is forgiven (RFC 9112 2.2)
        std::size_t empty = 0;
        while (input_.compare(empty, 2, "\r\n") == 0) {
            empty += 2;
        }
        input_.erase(0, empty);
    }
    if (input_.empty()) {
        return State::Idle;
    }
    const auto end = input_.find(kEnd, searched_);
    const std::size_t size = end == std::string::npos ? input_.size() : end + kEnd.size();
    if (size > max_head_bytes_) {
        return input_.find("\r\n") > max_head_bytes_
                   ? refuse(414, "long_target", "the request's first line is too long")
                   : refuse(431, "large_head", "the request's header fields are too large");
    }
    if (end == std::string::npos) {
        searched_ = input_.size() - std::min(input_.size(), kEnd.size() - 1);
        return State::Head;
    }
    wire_ = std::make_unique<Wire>();
    wire_->parser.header_limit(static_cast<std::uint32_t>(size + 1));
    wire_->parser.body_limit(max_body_bytes_);
    error_code error;
    wire_->parser.put(boost::asio::buffer(input_.data(), size), error);
    input_.erase(0, size);
    if (error == http::error::body_limit) {
        return refuse(413, "large_body", "the request's body is too large");
    }
    if (error == http::error::bad_version) {
        return refuse(505, "version", "only HTTP/1.0 and HTTP/1.1 are spoken here");
    }
    if (error || !wire_->parser.is_header_done()) {
        return refuse(400, "malformed", "the request is malformed: " + error.message());
    }
    return accept_head();
}

HttpRequestParser::State HttpRequestParser::accept_head() {
    const auto& head = wire_->parser.get();
    request_.method = view(head.method_string());
    keeps_alive_ = head.keep_alive();
    if (!read_fields() || !read_target() || !check_framing()) {
        return State::Refused;
    }
    if (const std::string* expect = request_.header("expect");
        expect != nullptr && !equal_ignoring_case(*expect, "100-continue")) {
        return refuse(417, "expectation", "only '100-continue' may be expected");
    }
    return wire_->parser.is_done() ? State::Done : State::Body;
}

bool HttpRequestParser::read_fields() {
    for (const auto& field : wire_->parser.get()) {
        const std::string_view value = view(field.value());
        if (request_.headers.size() == kMaxFields) {
            refuse(431, "large_head", "the request has more than 128 header fields");
            return false;
        }
        std::string name = lower_case(view(field.name_string()));
        if (!is_field_value(value)) {
            refuse(400, "malformed", "the header field '" + name + "' is not clean UTF-8");
            return false;
        }
        if (name == "cookie") {
            append_cookies(value, request_.cookies);
        }
        request_.headers.emplace_back(std::move(name), value);
    }
    return true;
}

bool HttpRequestParser::read_target() {
    auto target = parse_target(view(wire_->parser.get().target()));
    if (!target) {
        refuse(400, "target", target.error().message);
        return false;
    }
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    if (!target->authority.empty()) {  // counts instead of Host (RFC 9112 3.2.2)
        std::erase_if(request_.headers, [](const auto& field) { return field.first == "host"; });
        request_.headers.emplace_back("host", std::move(target->authority));
    }
    return true;
}

/// What decides where a message ends and whom it is for must be there once and beyond doubt.
bool HttpRequestParser::check_framing() {
    const auto count = [this](std::string_view name) {
        return std::ranges::count(request_.headers, name, &HttpFields::value_type::first);
    };
    const bool is_1_1 = wire_->parser.get().version() == 11;
    const auto codings = count("transfer-encoding");
    if (codings > 0 && (count("content-length") > 0 || !is_1_1)) {
        refuse(400, "smuggling", "the request has two lengths (RFC 9112 6.1)");
        return false;
    }
    if (count("content-length") > 1) {
        refuse(400, "smuggling", "the request has Content-Length twice");
        return false;
    }
    const std::string* length = request_.header("content-length");
    if (length != nullptr && length->find_first_not_of("0123456789") != std::string::npos) {
        refuse(400, "smuggling", "Content-Length is no number");
        return false;
    }
    if (codings > 1 ||
        (codings == 1 && !equal_ignoring_case(*request_.header("transfer-encoding"), "chunked"))) {
        refuse(501, "coding", "of transfer codings only 'chunked' is understood");
        return false;
    }
    const auto hosts = count("host");
    if (hosts > 1 || (hosts == 0 && is_1_1)) {
        refuse(400, "malformed", "the request must have exactly one Host");
        return false;
    }
    const std::string* host = request_.header("host");
    if (host != nullptr && host->find_first_not_of(kHostChars) != std::string::npos) {
        refuse(400, "malformed", "Host is no host name or address");
        return false;
    }
    return true;
}

HttpRequestParser::State HttpRequestParser::advance_body() {
    auto& parser = wire_->parser;
    parser.eager(true);
    while (!parser.is_done() && !input_.empty()) {
        error_code error;
        const std::size_t used = parser.put(boost::asio::buffer(input_), error);
        input_.erase(0, used);
        if (error == http::error::need_more) {
            if (input_.size() > kMaxChunkHead) {
                return refuse(400, "malformed", "a chunk's first line or the trailer is too long");
            }
            return State::Body;
        }
        if (error == http::error::body_limit) {
            return refuse(413, "large_body", "the request's body is too large");
        }
        if (error) {
            return refuse(400, "malformed", "the body is malformed: " + error.message());
        }
    }
    if (!parser.is_done()) {
        return State::Body;
    }
    request_.body = std::move(parser.get().body());
    return State::Done;
}

bool HttpRequestParser::expects_continue() const {
    return state_ == State::Body && input_.empty() && wire_->parser.get().version() == 11 &&
           request_.header("expect") != nullptr;
}

HttpRequest HttpRequestParser::take() {
    return std::move(request_);
}

std::string HttpRequestParser::take_rest() {
    return std::exchange(input_, {});
}

HttpRequestParser::State HttpRequestParser::refuse(
    int status, std::string_view reason, std::string detail
) {
    refusal_ = {status, reason, std::move(detail)};
    keeps_alive_ = false;
    state_ = State::Refused;
    return state_;
}

}  // namespace bongsu::net
