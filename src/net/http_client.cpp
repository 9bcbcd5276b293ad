#include "net/http_client.hpp"

#include "net/client_request.hpp"
#include "net/dialler.hpp"
#include "net/http_text.hpp"
#include "net/http_url.hpp"
#include "net/tls_context.hpp"
#include "net/wire.hpp"

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace bongsu::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::uint32_t kMaxHead = 64 * 1024;

/// One call: everything happens inside run().
class Exchange {
public:
    Exchange(const HttpCall& call, HttpUrl url, std::string head, TlsContext tls)
        : call_(call), url_(std::move(url)), head_(std::move(head)), tls_(std::move(tls)) {}

    Result<HttpResponse> run() {
        const auto dialler = std::make_shared<Dialler>(context_, url_, tls_.get());
        dialler->dial([this](const Wire::Error& error, std::unique_ptr<Wire> wire) {
            wire_ = std::move(wire);
            if (error) {
                end(error, ErrorKind::Unavailable);
            } else {
                begin();
            }
        });
        context_.run_for(call_.deadline);
        if (!result_) {
            dialler->cancel();
            return fail(ErrorKind::Timeout, where() + " did not answer in time");
        }
        return std::move(*result_);
    }

private:
    std::string where() const { return call_.method + " " + url_.authority() + url_.target; }

    void end(const Wire::Error& error, ErrorKind kind) {
        result_ = fail(kind, where() + ": " + error.message());
    }

    void begin() {
        unsent_ = {asio::buffer(head_)};
        if (!call_.body.empty()) {
            unsent_.push_back(asio::buffer(call_.body));
        }
        next_response();
        write();
        read();  // at once: who refuses a request may answer before it is all there
    }

    void write() {
        wire_->write_some(unsent_, [this](const Wire::Error& error, std::size_t size) {
            while (!unsent_.empty() && size >= unsent_.front().size()) {
                size -= unsent_.front().size();
                unsent_.erase(unsent_.begin());
            }
            if (!error && !unsent_.empty()) {
                unsent_.front() += size;
                write();
            }
        });
    }

    void next_response() {
        parser_.emplace();
        parser_->eager(true);
        parser_->skip(call_.method == "HEAD");
        parser_->header_limit(kMaxHead);
        parser_->body_limit(call_.max_body_bytes);
    }

    void read() {
        wire_->read_some(asio::buffer(piece_), [this](const Wire::Error& error, std::size_t size) {
            input_.append(piece_.data(), size);
            parse(error);
        });
    }

    void parse(const Wire::Error& read_error) {
        Wire::Error error;
        while (!parser_->is_done() && !input_.empty() && !error) {
            input_.erase(0, parser_->put(asio::buffer(input_), error));
            if (parser_->is_done() && parser_->get().result_int() / 100 == 1) {
                next_response();  // "100 Continue" comes before the answer
            }
        }
        const bool is_ended =
            read_error == asio::error::eof || read_error == asio::ssl::error::stream_truncated;
        if (is_ended && !parser_->is_done() && parser_->is_header_done() &&
            (!error || error == http::error::need_more)) {
            parser_->put_eof(error);
        }
        if (parser_->is_done()) {
            take();
        } else if (error == http::error::body_limit) {
            end(error, ErrorKind::ResourceExhausted);
        } else if (error && error != http::error::need_more) {
            end(error, ErrorKind::Corrupt);
        } else if (read_error) {
            end(read_error, ErrorKind::Unavailable);
        } else {
            read();
        }
        if (result_) {
            wire_->close();
        }
    }

    void take() {
        auto message = parser_->release();
        HttpResponse response;
        response.status = static_cast<int>(message.result_int());
        for (const auto& field : message) {
            const auto name = field.name_string();
            response.headers.emplace_back(
                lower_case({name.data(), name.size()}), std::string(field.value())
            );
        }
        response.body = std::move(message.body());
        result_ = std::move(response);
    }

    const HttpCall& call_;
    const HttpUrl url_;
    const std::string head_;
    TlsContext tls_;
    asio::io_context context_{1};
    std::unique_ptr<Wire> wire_;
    std::vector<asio::const_buffer> unsent_;
    std::array<char, 16 * 1024> piece_{};
    std::string input_;
    std::optional<http::response_parser<http::string_body>> parser_;
    std::optional<Result<HttpResponse>> result_;
};

}  // namespace

Result<HttpResponse> http_call(const HttpCall& call) {
    BONGSU_ASSIGN(HttpUrl url, parse_http_url(call.url));
    HttpFields own{{"Connection", "close"}};
    const bool may_have_body = call.method != "GET" && call.method != "HEAD";
    if (may_have_body || !call.body.empty()) {
        own.emplace_back("Content-Length", std::to_string(call.body.size()));
    }
    BONGSU_ASSIGN(std::string head, write_request_head(call.method, url, call.headers, own));
    TlsContext tls;
    if (url.is_tls) {
        BONGSU_ASSIGN(tls, make_client_tls(call.verifies_certificate));
    }
    Exchange exchange(call, std::move(url), std::move(head), std::move(tls));
    return exchange.run();
}

}  // namespace bongsu::net
