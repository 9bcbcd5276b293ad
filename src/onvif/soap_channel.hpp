#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "media/rtsp/digest.hpp"
#include "onvif/http.hpp"
#include "onvif/soap.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace bongsu::onvif {

struct ChannelOptions {
    Duration deadline = std::chrono::seconds{5};  ///< of one call, the retry after a 401 included
    std::size_t max_body_bytes = 1024 * 1024;
};

/// Calls the services of one camera and logs in as the camera wants it: with a UsernameToken first,
/// with HTTP digest (RFC 7616) once the camera has asked for it. Basic is used over TLS only. Not
/// thread-safe: one owner at a time.
class SoapChannel {
public:
    /// `clock` must outlive it.
    SoapChannel(
        Http http, Credentials credentials, const Clock& clock, ChannelOptions options = {}
    );

    /// Errors: those of SoapReply::parse and of the network; PermissionDenied when the camera
    /// refuses user and password. They never hold the credentials.
    Result<SoapReply> call(const std::string& url, const SoapRequest& request);

    /// The same without credentials, for what cameras answer to everybody.
    Result<SoapReply> call_openly(const std::string& url, const SoapRequest& request);

    /// One GET with the login that the camera wants; for snapshots.
    Result<net::HttpResponse> get(const std::string& url);

    /// The camera's clock minus ours; tokens are stamped with it.
    void set_clock_offset(Duration offset) { clock_offset_ = offset; }

    Duration clock_offset() const { return clock_offset_; }

    const Clock& clock() const { return clock_; }

    const Credentials& credentials() const { return credentials_; }

    void set_deadline(Duration deadline) { options_.deadline = deadline; }

    Duration deadline() const { return options_.deadline; }

private:
    Result<net::HttpResponse> send(net::HttpCall call);
    net::HttpCall make_call(const std::string& url, const SoapRequest& request, bool is_open) const;
    Status take_challenge(const net::HttpResponse& reply, const std::string& url);
    std::string authorization(const net::HttpCall& call);

    Http http_;
    Credentials credentials_;
    const Clock& clock_;
    ChannelOptions options_;
    Duration clock_offset_{};
    std::optional<media::AuthChallenge> challenge_;
    std::uint32_t nonce_count_ = 0;
};

}  // namespace bongsu::onvif
