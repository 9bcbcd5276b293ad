#include "soak/office.hpp"

#include "core/json.hpp"
#include "net/http_client.hpp"

#include <chrono>

namespace bongsu::bench {

Status Office::renew_when_due() {
    constexpr std::chrono::hours kShift{1};
    if (login_ && clock_.mono() - since_ < kShift) {
        return {};
    }
    BONGSU_ASSIGN(Login login, log_in(url_, account_));
    BONGSU_ASSIGN(const std::string text, get(login, "/api/v1/session"));
    BONGSU_ASSIGN(const Value session, parse_json(text, "session"));
    const Value* csrf = session.find("csrf");
    csrf_ = csrf != nullptr && csrf->as_text() != nullptr ? *csrf->as_text() : "";
    login_ = std::move(login);
    since_ = clock_.mono();
    return {};
}

Result<Login> Office::login() {
    const std::scoped_lock lock(mutex_);
    BONGSU_TRY(renew_when_due());
    return *login_;
}

Result<Value> Office::ask(const std::string& method, const std::string& target, const Value& body) {
    net::HttpCall call;
    {
        const std::scoped_lock lock(mutex_);
        BONGSU_TRY(renew_when_due());
        call.headers = {
            {"Cookie", login_->cookie}, {"Bongsu-CSRF", csrf_}, {"Bongsu-Purpose", "maintenance"}
        };
    }
    call.method = method;
    call.url = url_ + target;
    if (!body.is_null()) {
        call.headers.emplace_back("Content-Type", "application/json");
        call.body = to_json(body);
    }
    BONGSU_ASSIGN(const net::HttpResponse answer, net::http_call(call));
    if (answer.status == 401) {
        const std::scoped_lock lock(mutex_);
        login_.reset();
    }
    if (answer.status < 200 || answer.status > 299) {
        return fail(
            ErrorKind::Internal,
            method + " " + target + " answered " + std::to_string(answer.status) + " " + answer.body
        );
    }
    const std::string* type = net::find_field(answer.headers, "content-type");
    const bool is_json = type != nullptr && type->starts_with("application/json");
    return is_json ? parse_json(answer.body, target) : Value{};
}

}  // namespace bongsu::bench
