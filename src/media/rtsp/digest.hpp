#pragma once

#include "core/result.hpp"
#include "media/rtsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::media {

struct Credentials {
    std::string user;
    std::string password;
};

enum class AuthScheme { Basic, Digest };
enum class DigestAlgorithm { Md5, Md5Session, Sha256, Sha256Session };

/// One WWW-Authenticate header (RFC 7617, RFC 2617, RFC 7616).
struct AuthChallenge {
    AuthScheme scheme = AuthScheme::Basic;
    std::string realm;
    std::string nonce;
    std::string opaque;
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
    bool names_algorithm = false;  ///< the server wrote "algorithm=": only then is it sent back
    bool has_qop_auth = false;
    bool is_stale = false;
};

/// Reads the challenges that we can answer. An error names the schemes when there is none.
Result<std::vector<AuthChallenge>> parse_challenges(const RtspHeaders& headers);

/// The strongest: SHA-256 before MD5 before Basic. `challenges` must not be empty.
const AuthChallenge& strongest(const std::vector<AuthChallenge>& challenges);

/// The value of a WWW-Authenticate header.
std::string write_challenge(const AuthChallenge& challenge);

/// What a Digest response is computed over, beside the credentials.
struct DigestRequest {
    std::string method;
    std::string uri;                ///< exactly as on the request line
    std::uint32_t nonce_count = 1;  ///< used with qop only
    std::string client_nonce;       ///< used with qop or a session algorithm
};

/// The value of the Authorization header that answers `challenge`.
std::string authorize(
    const AuthChallenge& challenge, const Credentials& credentials, const DigestRequest& request
);

/// Server side: whether an Authorization header proves `credentials` against the challenge that
/// this server issued. Compares in constant time. False also for anything ill-formed.
bool verify_authorization(
    std::string_view header,
    const AuthChallenge& issued,
    const Credentials& credentials,
    std::string_view method
);

}  // namespace bongsu::media
