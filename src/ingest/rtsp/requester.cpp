#include "ingest/rtsp/requester.hpp"

#include "media/rtsp/text.hpp"

#include <fmt/format.h>

namespace bongsu::ingest::rtsp {
namespace {

constexpr int kMaxRepeats = 2;  // the first challenge, and one stale nonce

}  // namespace

Requester::Requester(
    media::Credentials credentials, std::string shown_url, std::function<std::string()> client_nonce
)
    : credentials_(std::move(credentials)),
      shown_url_(std::move(shown_url)),
      make_client_nonce_(std::move(client_nonce)) {}

std::string Requester::write(
    std::string_view method, const std::string& url, const Headers& extra
) {
    media::RtspRequest request{
        .method = std::string(method), .url = url, .headers = {}, .body = {}
    };
    request.headers.add("CSeq", std::to_string(++cseq_));
    request.headers.add("User-Agent", "Bongsu");
    if (!session_.empty()) {
        request.headers.add("Session", session_);
    }
    was_authorized_ = challenge_.has_value();
    if (challenge_) {
        ++nonce_count_;
        request.headers.add(
            "Authorization",
            media::authorize(
                *challenge_,
                credentials_,
                {.method = request.method,
                 .uri = url,
                 .nonce_count = nonce_count_,
                 .client_nonce = make_client_nonce_()}
            )
        );
    }
    for (const auto& [name, value] : extra) {
        request.headers.add(name, value);
    }
    return media::write_request(request);
}

void Requester::expect_challenge(std::optional<media::AuthChallenge> challenge) {
    challenge_ = std::move(challenge);
    nonce_count_ = 0;
}

Result<Verdict> Requester::judge(std::string_view method, const media::RtspResponse& response) {
    if (response.status == 401) {
        return answer_challenge(response);
    }
    repeats_ = 0;
    if (response.status >= 200 && response.status < 300) {
        return Verdict::Accepted;
    }
    const bool has_location = response.headers.find("Location") != nullptr;
    if (response.status >= 300 && response.status < 400 && has_location) {
        return Verdict::Redirected;
    }
    return fail(explain(method, response));
}

Result<Verdict> Requester::answer_challenge(const media::RtspResponse& response) {
    if (!has_credentials()) {
        return fail(
            ErrorKind::PermissionDenied,
            fmt::format(
                "{} wants a login, but no user name and password are configured", shown_url_
            )
        );
    }
    auto challenges = media::parse_challenges(response.headers);
    if (!challenges) {
        return fail(challenges.error().within(shown_url_));
    }
    if (!allows_basic_) {
        std::erase_if(*challenges, [](const media::AuthChallenge& challenge) {
            return challenge.scheme == media::AuthScheme::Basic;
        });
        if (challenges->empty()) {
            return fail(
                ErrorKind::PermissionDenied,
                fmt::format(
                    "{} redirected to another host that wants the password in clear; enter that "
                    "host's own URL",
                    shown_url_
                )
            );
        }
    }
    const auto& challenge = media::strongest(*challenges);
    const bool is_refusal = was_authorized_ && !challenge.is_stale && repeats_ > 0;
    if (is_refusal || repeats_ >= kMaxRepeats) {
        return fail(
            ErrorKind::PermissionDenied,
            fmt::format(
                "{} refused the user name or the password; correct them, as many cameras lock the "
                "account after a few wrong attempts",
                shown_url_
            )
        );
    }
    ++repeats_;
    challenge_ = challenge;
    nonce_count_ = 0;
    return Verdict::Repeat;
}

Error Requester::explain(std::string_view method, const media::RtspResponse& response) const {
    const std::string answer = fmt::format(
        "{} answered {} {} to {}",
        shown_url_,
        response.status,
        media::printable(response.reason),
        method
    );
    switch (response.status) {
        case 403:
            return {
                ErrorKind::PermissionDenied, answer + "; give this user the right to watch", nullptr
            };
        case 404:
            return {
                ErrorKind::NotFound,
                answer + ": the camera has no such stream; correct the path of the URL",
                nullptr
            };
        case 415:
        case 461:
            return {
                ErrorKind::Unsupported,
                answer + "; choose the other transport (tcp or udp) in the stream's settings",
                nullptr
            };
        case 453:
        case 503:
            return {
                ErrorKind::Unavailable,
                answer + ": the camera serves as many viewers as it can",
                nullptr
            };
        default:
            return {ErrorKind::Unavailable, answer, nullptr};
    }
}

}  // namespace bongsu::ingest::rtsp
