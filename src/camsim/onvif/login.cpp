#include "camsim/onvif/login.hpp"

#include "media/rtsp/base64.hpp"

#include <array>
#include <cstdint>

#include <openssl/sha.h>

namespace bongsu::camsim {

namespace {

constexpr Duration kTokenLife = std::chrono::seconds{60};

std::string token_digest(
    const std::vector<std::uint8_t>& nonce, const std::string& created, const std::string& password
) {
    std::vector<std::uint8_t> input = nonce;
    input.insert(input.end(), created.begin(), created.end());
    input.insert(input.end(), password.begin(), password.end());
    std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
    SHA1(input.data(), input.size(), digest.data());
    return media::base64_encode(digest);
}

}  // namespace

OnvifLoginCheck::OnvifLoginCheck(
    bool is_needed,
    const OnvifOptions& options,
    media::Credentials credentials,
    std::string nonce,
    const Clock& clock
)
    : is_needed_(is_needed),
      login_(options.login),
      fault_(options.fault),
      clock_offset_(options.clock_offset),
      credentials_(std::move(credentials)),
      challenge_{
          .scheme = media::AuthScheme::Digest,
          .realm = "Bongsu camsim",
          .nonce = std::move(nonce),
          .opaque = "",
          .has_qop_auth = true
      },
      clock_(clock) {}

std::optional<net::HttpResponse> OnvifLoginCheck::refusal(
    const net::HttpRequest& request, const SoapCall& call
) const {
    const bool is_good = fault_ != OnvifFault::WrongPassword &&
                         ((login_ != OnvifLogin::Token && has_good_digest(request)) ||
                          (login_ != OnvifLogin::Digest && has_good_token(call)));
    return is_good || !is_needed_ ? std::nullopt : std::optional(refuse());
}

std::optional<net::HttpResponse> OnvifLoginCheck::refusal(const net::HttpRequest& request) const {
    const bool is_good = fault_ != OnvifFault::WrongPassword && has_good_digest(request);
    return is_good || !is_needed_ ? std::nullopt : std::optional(refuse());
}

bool OnvifLoginCheck::has_good_digest(const net::HttpRequest& request) const {
    const std::string* header = request.header("authorization");
    return header != nullptr &&
           media::verify_authorization(*header, challenge_, credentials_, request.method);
}

bool OnvifLoginCheck::has_good_token(const SoapCall& call) const {
    const pugi::xml_node token = SoapCall::find(call.header, "UsernameToken");
    const std::string created = SoapCall::find(token, "Created").text().get();
    const auto nonce = media::base64_decode(SoapCall::find(token, "Nonce").text().get());
    const auto time = parse_iso8601(created);
    if (!token || !nonce || nonce->empty() || !time ||
        std::chrono::abs(*time - (clock_.wall() + clock_offset_)) > kTokenLife) {
        return false;
    }
    return SoapCall::find(token, "Username").text().get() == credentials_.user &&
           SoapCall::find(token, "Password").text().get() ==
               token_digest(*nonce, created, credentials_.password);
}

net::HttpResponse OnvifLoginCheck::refuse() const {
    if (login_ == OnvifLogin::Token) {
        return soap_fault(400, "Sender", "ter:NotAuthorized", "Sender not authorized");
    }
    net::HttpResponse response =
        soap_fault(401, "Sender", "ter:NotAuthorized", "Sender not authorized");
    response.headers.emplace_back("WWW-Authenticate", media::write_challenge(challenge_));
    return response;
}

}  // namespace bongsu::camsim
