#include "net/request_job.hpp"

#include "core/log.hpp"
#include "net/problem.hpp"

#include <exception>
#include <utility>

namespace bongsu::net {

RequestJob::RequestJob(
    std::shared_ptr<HttpConnection> connection,
    HttpCore& core,
    HttpRequest request,
    bool keeps_alive
)
    : connection_(std::move(connection)),
      core_(core),
      request_(std::move(request)),
      context_(context_of(request_, keeps_alive)),
      arrived_(SystemClock().mono()) {
    ++core_.waiting_requests;
}

RequestJob::~RequestJob() {
    if (!is_answered_) {
        --core_.waiting_requests;
        context_.keeps_alive = false;
        connection_->deliver(prepare_response(make_problem(503, "the server is stopping"), context_)
        );
    }
}

void RequestJob::run() {
    --core_.waiting_requests;
    is_answered_ = true;
    HttpAnswer answer = ask();
    if (auto* accept = std::get_if<WebSocketAccept>(&answer)) {
        if (wants_websocket(request_)) {
            core_.count_request(101, SystemClock().mono() - arrived_);
            connection_->deliver(std::move(*accept));
            return;
        }
        answer = make_problem(426, "this address speaks WebSocket only");
        std::get<HttpResponse>(answer).headers.emplace_back("Upgrade", "websocket");
    }
    PreparedResponse response =
        prepare_response(std::move(std::get<HttpResponse>(answer)), context_);
    core_.count_request(response.status, SystemClock().mono() - arrived_);
    connection_->deliver(std::move(response));
}

/// Handlers belong to other parts of the program: what they throw must not end the server.
HttpAnswer RequestJob::ask() const {
    try {
        return core_.handler(request_);
    } catch (const std::exception& error) {
        log::error("net.handler_failed", {{"path", request_.path}, {"error", error.what()}});
        return make_problem(500, "internal error");
    }
}

FileJob::FileJob(std::shared_ptr<HttpConnection> connection, PreparedResponse response)
    : connection_(std::move(connection)), response_(std::move(response)) {}

void FileJob::run() {
    auto piece = response_.file->read();
    if (!piece) {
        log::warn("net.file_not_sent", {{"error", piece.error().describe()}});
    }
    connection_->deliver_piece(std::move(response_), std::move(piece));
}

}  // namespace bongsu::net
