#pragma once

#include "core/result.hpp"
#include "media/rtsp/digest.hpp"
#include "media/rtsp/message.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu::ingest::rtsp {

/// What to do with an answer.
enum class Verdict {
    Accepted,    ///< 200
    Repeat,      ///< 401 with a challenge that was not answered yet: send the request again
    Redirected,  ///< 301, 302 and the like with a Location
};

/// The client's half of an RTSP conversation without its I/O: numbers requests, logs in, carries
/// the session and turns answers into verdicts or into one sentence for people. One per connection.
class Requester {
public:
    /// `shown_url` stands in errors and must hold no secret. `client_nonce` makes random text.
    Requester(
        media::Credentials credentials,
        std::string shown_url,
        std::function<std::string()> client_nonce
    );

    using Headers = std::vector<std::pair<std::string, std::string>>;

    /// The bytes of the next request; its number is `cseq()` afterwards.
    std::string write(std::string_view method, const std::string& url, const Headers& extra = {});

    std::uint32_t cseq() const { return cseq_; }

    /// Judges the answer to the last request. An error is final for this connection.
    Result<Verdict> judge(std::string_view method, const media::RtspResponse& response);

    /// Only Digest is answered from now on: the peer is not the one that the password was meant
    /// for.
    void forbid_basic() { allows_basic_ = false; }

    void set_session(std::string id) { session_ = std::move(id); }

    bool has_credentials() const { return !credentials_.user.empty(); }

    /// A challenge of an earlier connection may be answered before it is asked: some cameras close
    /// the connection with their 401.
    void expect_challenge(std::optional<media::AuthChallenge> challenge);

    const std::optional<media::AuthChallenge>& challenge() const { return challenge_; }

private:
    Result<Verdict> answer_challenge(const media::RtspResponse& response);
    Error explain(std::string_view method, const media::RtspResponse& response) const;

    media::Credentials credentials_;
    std::string shown_url_;
    std::function<std::string()> make_client_nonce_;
    std::string session_;
    std::uint32_t cseq_ = 0;
    std::optional<media::AuthChallenge> challenge_;
    std::uint32_t nonce_count_ = 0;
    bool was_authorized_ = false;  ///< the last request carried an answer to `challenge_`
    int repeats_ = 0;              ///< of the current request
    bool allows_basic_ = true;
};

}  // namespace bongsu::ingest::rtsp
