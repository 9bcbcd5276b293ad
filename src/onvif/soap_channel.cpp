#include "onvif/soap_channel.hpp"

#include "onvif/random.hpp"
#include "onvif/url.hpp"

#include <algorithm>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kNonceBytes = 16;

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4];
        out += kDigits[byte & 0xF];
    }
    return out;
}

Result<SoapReply> read_reply(const Result<net::HttpResponse>& reply) {
    if (!reply) {
        return fail(reply.error());
    }
    if (reply->status >= 300 && reply->status < 400) {
        return fail(
            ErrorKind::Unsupported,
            "camera_elsewhere"_code,
            "the camera sends us to another address, which is not followed; enter that address"
        );
    }
    if (reply->status == 404) {
        return fail(
            ErrorKind::NotFound,
            "no_onvif"_code,
            "there is no ONVIF service at this address (HTTP 404)"
        );
    }
    if (reply->status == 401 || reply->status == 403) {
        return fail(
            ErrorKind::PermissionDenied,
            "camera_login_refused"_code,
            "the camera refuses user or password"
        );
    }
    auto parsed = SoapReply::parse(reply->body);
    // Faults come with 400 and 500; anything else with them is the web server's own page.
    if (!parsed && parsed.error().kind == ErrorKind::Corrupt && reply->status != 200) {
        return fail(
            reply->status >= 500 ? ErrorKind::Unavailable : ErrorKind::FailedPrecondition,
            "camera_silent"_code,
            "the camera answered HTTP " + std::to_string(reply->status) + " without saying why"
        );
    }
    return parsed;
}

}  // namespace

SoapChannel::SoapChannel(
    Http http, Credentials credentials, const Clock& clock, ChannelOptions options
)
    : http_(std::move(http)),
      credentials_(std::move(credentials)),
      clock_(clock),
      options_(options) {}

Result<SoapReply> SoapChannel::call(const std::string& url, const SoapRequest& request) {
    return read_reply(send(make_call(url, request, false)));
}

Result<SoapReply> SoapChannel::call_openly(const std::string& url, const SoapRequest& request) {
    return read_reply(http_(make_call(url, request, true)));
}

Result<net::HttpResponse> SoapChannel::get(const std::string& url) {
    return send(
        {.method = "GET",
         .url = url,
         .deadline = options_.deadline,
         .max_body_bytes = options_.max_body_bytes,
         .verifies_certificate = false}
    );
}

net::HttpCall SoapChannel::make_call(
    const std::string& url, const SoapRequest& request, bool is_open
) const {
    const bool has_token = !is_open && !challenge_ && !credentials_.is_empty();
    const std::string token =
        has_token ? write_username_token(
                        credentials_, clock_.wall() + clock_offset_, random_bytes(kNonceBytes)
                    )
                  : std::string();
    net::HttpCall call{
        .method = "POST",
        .url = url,
        .body = write_envelope(request, token),
        .deadline = options_.deadline,
        .max_body_bytes = options_.max_body_bytes,
        .verifies_certificate = false,
    };
    call.headers.emplace_back(
        "content-type", "application/soap+xml; charset=utf-8; action=\"" + request.action + "\""
    );
    return call;
}

Result<net::HttpResponse> SoapChannel::send(net::HttpCall call) {
    const MonoTime begin = clock_.mono();
    const bool was_challenged = challenge_.has_value();
    if (was_challenged) {
        call.headers.emplace_back("authorization", authorization(call));
    }
    auto reply = http_(call);
    if (!reply || reply->status != 401 || credentials_.is_empty()) {
        return reply;
    }
    BONGSU_TRY(take_challenge(*reply, call.url));
    if (was_challenged && !challenge_->is_stale) {
        return reply;
    }
    const Duration left = call.deadline - (clock_.mono() - begin);
    if (left <= Duration::zero()) {
        return fail(
            ErrorKind::Timeout, "camera_silent"_code, "the camera took too long to ask for a login"
        );
    }
    call.deadline = left;
    std::erase_if(call.headers, [](const auto& field) { return field.first == "authorization"; });
    call.headers.emplace_back("authorization", authorization(call));
    return http_(call);
}

Status SoapChannel::take_challenge(const net::HttpResponse& reply, const std::string& url) {
    media::RtspHeaders headers;
    for (const auto& [name, value] : reply.headers) {
        headers.add(name, value);
    }
    auto challenges = media::parse_challenges(headers);
    if (!challenges) {
        return fail(
            ErrorKind::PermissionDenied,
            "camera_login_refused"_code,
            "the camera refuses user or password"
        );
    }
    if (!url.starts_with("https://")) {
        std::erase_if(*challenges, [](const media::AuthChallenge& challenge) {
            return challenge.scheme == media::AuthScheme::Basic;
        });
    }
    if (challenges->empty()) {
        return fail(
            ErrorKind::PermissionDenied,
            "camera_login_refused"_code,
            "the camera wants the password in clear text, which is done over https only; switch "
            "its "
            "web login to digest, or use https"
        );
    }
    challenge_ = media::strongest(*challenges);
    nonce_count_ = 0;
    return {};
}

std::string SoapChannel::authorization(const net::HttpCall& call) {
    const auto url = parse_url(call.url);
    return media::authorize(
        *challenge_,
        {credentials_.user, credentials_.password},
        {.method = call.method,
         .uri = url ? url->target : "/",
         .nonce_count = ++nonce_count_,
         .client_nonce = hex(random_bytes(kNonceBytes))}
    );
}

}  // namespace bongsu::onvif
