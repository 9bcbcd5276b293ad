#pragma once

#include "camsim/onvif/options.hpp"
#include "camsim/onvif/soap.hpp"
#include "core/clock.hpp"
#include "media/rtsp/digest.hpp"
#include "net/http.hpp"

#include <optional>
#include <string>

namespace bongsu::camsim {

/// Decides who may call a simulated camera. Immutable, thread-safe.
class OnvifLoginCheck {
public:
    /// `is_needed`: false lets everybody in. `clock` must outlive it.
    OnvifLoginCheck(
        bool is_needed,
        const OnvifOptions& options,
        media::Credentials credentials,
        std::string nonce,
        const Clock& clock
    );

    /// Nothing when the caller may; else the refusal: 401 with a digest challenge, or a fault when
    /// only tokens are taken. Tokens must be stamped within 60 s of the camera's own clock.
    std::optional<net::HttpResponse> refusal(const net::HttpRequest& request, const SoapCall& call)
        const;

    /// The same for plain GETs.
    std::optional<net::HttpResponse> refusal(const net::HttpRequest& request) const;

private:
    bool has_good_digest(const net::HttpRequest& request) const;
    bool has_good_token(const SoapCall& call) const;
    net::HttpResponse refuse() const;

    bool is_needed_;
    OnvifLogin login_;
    OnvifFault fault_;
    Duration clock_offset_;
    media::Credentials credentials_;
    media::AuthChallenge challenge_;
    const Clock& clock_;
};

}  // namespace bongsu::camsim
