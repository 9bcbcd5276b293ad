#pragma once

#include "core/clock.hpp"
#include "exec/worker_pool.hpp"
#include "net/http.hpp"
#include "net/http_connection.hpp"
#include "net/http_core.hpp"
#include "net/prepared_response.hpp"

#include <memory>

namespace bongsu::net {

/// One request on its way through the handler. A job that is dropped answers 503. Runs on: the
/// request pool.
class RequestJob final : public exec::Runnable {
public:
    RequestJob(
        std::shared_ptr<HttpConnection> connection,
        HttpCore& core,
        HttpRequest request,
        bool keeps_alive
    );
    ~RequestJob() override;
    RequestJob(const RequestJob&) = delete;
    RequestJob& operator=(const RequestJob&) = delete;

    void run() override;

private:
    HttpAnswer ask() const;

    std::shared_ptr<HttpConnection> connection_;
    HttpCore& core_;
    HttpRequest request_;
    ResponseContext context_;
    MonoTime arrived_;
    bool is_answered_ = false;
};

/// Reads the next piece of a response's file. Runs on: the file pool.
class FileJob final : public exec::Runnable {
public:
    FileJob(std::shared_ptr<HttpConnection> connection, PreparedResponse response);

    void run() override;

private:
    std::shared_ptr<HttpConnection> connection_;
    PreparedResponse response_;
};

}  // namespace bongsu::net
