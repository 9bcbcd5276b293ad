#include "media/rtsp/digest.hpp"

#include "media/rtsp/base64.hpp"
#include "media/rtsp/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace bongsu::media {
namespace {

constexpr std::pair<std::string_view, DigestAlgorithm> kAlgorithms[] = {
    {"MD5", DigestAlgorithm::Md5},
    {"MD5-sess", DigestAlgorithm::Md5Session},
    {"SHA-256", DigestAlgorithm::Sha256},
    {"SHA-256-sess", DigestAlgorithm::Sha256Session},
};

std::optional<DigestAlgorithm> algorithm_of(std::string_view name) {
    for (const auto& [known, algorithm] : kAlgorithms) {
        if (equals_ignoring_case(known, name)) {
            return algorithm;
        }
    }
    return std::nullopt;
}

std::string_view name_of(DigestAlgorithm algorithm) {
    for (const auto& [name, known] : kAlgorithms) {
        if (known == algorithm) {
            return name;
        }
    }
    return "MD5";
}

bool is_sha256(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::Sha256 || algorithm == DigestAlgorithm::Sha256Session;
}

bool is_session(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::Md5Session || algorithm == DigestAlgorithm::Sha256Session;
}

std::string hex_hash(DigestAlgorithm algorithm, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const EVP_MD* kind = is_sha256(algorithm) ? EVP_sha256() : EVP_md5();
    EVP_Digest(text.data(), text.size(), digest.data(), &size, kind, nullptr);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += fmt::format("{:02x}", digest.at(i));
    }
    return hex;
}

using Parameters = std::map<std::string, std::string>;

/// One value: a quoted string with backslash escapes, or everything up to the next comma.
std::string take_value(std::string_view& rest) {
    rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with('"')) {
        return std::string(trim(take_until(rest, ',')));
    }
    std::string value;
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && at + 1 < rest.size()) {
            ++at;
        }
        value += rest[at];
    }
    rest = rest.substr(std::min(at + 1, rest.size()));
    take_until(rest, ',');
    return value;
}

/// name=value pairs separated by commas; names in lower case.
Parameters parse_parameters(std::string_view rest) {
    Parameters parameters;
    while (!trim(rest).empty() && parameters.size() < 32) {
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos) {
            break;
        }
        const std::string name = to_lower(trim(rest.substr(0, equals)));
        rest.remove_prefix(equals + 1);
        parameters.insert_or_assign(name, take_value(rest));
    }
    return parameters;
}

std::string get(const Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
}

std::optional<AuthChallenge> parse_challenge(std::string_view header) {
    std::string_view rest = trim(header);
    const auto scheme = take_until(rest, ' ');
    const auto parameters = parse_parameters(rest);
    AuthChallenge challenge;
    challenge.realm = get(parameters, "realm");
    if (equals_ignoring_case(scheme, "Basic")) {
        return challenge;
    }
    if (!equals_ignoring_case(scheme, "Digest")) {
        return std::nullopt;
    }
    challenge.scheme = AuthScheme::Digest;
    challenge.nonce = get(parameters, "nonce");
    challenge.opaque = get(parameters, "opaque");
    challenge.has_qop_auth = lists_word(get(parameters, "qop"), "auth");
    challenge.is_stale = equals_ignoring_case(get(parameters, "stale"), "true");
    if (const auto name = get(parameters, "algorithm"); !name.empty()) {
        const auto algorithm = algorithm_of(name);
        if (!algorithm) {
            return std::nullopt;
        }
        challenge.algorithm = *algorithm;
        challenge.names_algorithm = true;
    }
    return challenge;
}

int strength(const AuthChallenge& challenge) {
    if (challenge.scheme == AuthScheme::Basic) {
        return 0;
    }
    return is_sha256(challenge.algorithm) ? 2 : 1;
}

/// RFC 7616 3.4.1 to 3.4.3.
std::string digest_response(
    const AuthChallenge& challenge, const Credentials& credentials, const DigestRequest& request
) {
    const auto hash = [&](const std::string& text) { return hex_hash(challenge.algorithm, text); };
    std::string a1 = hash(credentials.user + ":" + challenge.realm + ":" + credentials.password);
    if (is_session(challenge.algorithm)) {
        a1 = hash(a1 + ":" + challenge.nonce + ":" + request.client_nonce);
    }
    const std::string a2 = hash(request.method + ":" + request.uri);
    if (!challenge.has_qop_auth) {
        return hash(a1 + ":" + challenge.nonce + ":" + a2);
    }
    return hash(fmt::format(
        "{}:{}:{:08x}:{}:auth:{}",
        a1,
        challenge.nonce,
        request.nonce_count,
        request.client_nonce,
        a2
    ));
}

std::string basic_token(const Credentials& credentials) {
    const std::string pair = credentials.user + ":" + credentials.password;
    return base64_encode({reinterpret_cast<const std::uint8_t*>(pair.data()), pair.size()});
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + "\"";
}

}  // namespace

Result<std::vector<AuthChallenge>> parse_challenges(const RtspHeaders& headers) {
    std::vector<AuthChallenge> challenges;
    std::string schemes;
    for (const auto header : headers.find_all("WWW-Authenticate")) {
        if (auto challenge = parse_challenge(header)) {
            challenges.push_back(std::move(*challenge));
        } else {
            schemes += (schemes.empty() ? "" : ", ") + printable(header, 40);
        }
    }
    if (challenges.empty()) {
        return fail(
            ErrorKind::Unsupported,
            schemes.empty()
                ? "the server wants a login but offers no way to log in"
                : "the server offers no login that is supported (Basic, Digest): " + schemes
        );
    }
    return challenges;
}

const AuthChallenge& strongest(const std::vector<AuthChallenge>& challenges) {
    return *std::ranges::max_element(challenges, {}, strength);
}

std::string write_challenge(const AuthChallenge& challenge) {
    if (challenge.scheme == AuthScheme::Basic) {
        return "Basic realm=" + quoted(challenge.realm);
    }
    std::string out =
        "Digest realm=" + quoted(challenge.realm) + ", nonce=" + quoted(challenge.nonce);
    if (!challenge.opaque.empty()) {
        out += ", opaque=" + quoted(challenge.opaque);
    }
    if (challenge.names_algorithm) {
        out += fmt::format(", algorithm={}", name_of(challenge.algorithm));
    }
    if (challenge.has_qop_auth) {
        out += R"(, qop="auth")";
    }
    if (challenge.is_stale) {
        out += ", stale=true";
    }
    return out;
}

std::string authorize(
    const AuthChallenge& challenge, const Credentials& credentials, const DigestRequest& request
) {
    if (challenge.scheme == AuthScheme::Basic) {
        return "Basic " + basic_token(credentials);
    }
    std::string out = fmt::format(
        "Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\"",
        quoted(credentials.user),
        quoted(challenge.realm),
        quoted(challenge.nonce),
        quoted(request.uri),
        digest_response(challenge, credentials, request)
    );
    if (challenge.names_algorithm) {
        out += fmt::format(", algorithm={}", name_of(challenge.algorithm));
    }
    if (!challenge.opaque.empty()) {
        out += ", opaque=" + quoted(challenge.opaque);
    }
    if (challenge.has_qop_auth) {
        out += fmt::format(", qop=auth, nc={:08x}", request.nonce_count);
    }
    if (challenge.has_qop_auth || is_session(challenge.algorithm)) {
        out += ", cnonce=" + quoted(request.client_nonce);
    }
    return out;
}

bool verify_authorization(
    std::string_view header,
    const AuthChallenge& issued,
    const Credentials& credentials,
    std::string_view method
) {
    std::string_view rest = trim(header);
    const auto scheme = take_until(rest, ' ');
    if (issued.scheme == AuthScheme::Basic) {
        return equals_ignoring_case(scheme, "Basic") &&
               equal_in_constant_time(trim(rest), basic_token(credentials));
    }
    if (!equals_ignoring_case(scheme, "Digest")) {
        return false;
    }
    const auto parameters = parse_parameters(rest);
    if (get(parameters, "username") != credentials.user ||
        get(parameters, "realm") != issued.realm || get(parameters, "nonce") != issued.nonce) {
        return false;
    }
    // A client that ignores the offered qop answers in the manner of RFC 2069 (RFC 2617 3.2.2.1).
    AuthChallenge answered = issued;
    answered.has_qop_auth = get(parameters, "qop") == "auth";
    const auto count = parse_number<std::uint32_t>(get(parameters, "nc"), 16);
    const DigestRequest request{
        .method = std::string(method),
        .uri = get(parameters, "uri"),
        .nonce_count = count.value_or(1),
        .client_nonce = get(parameters, "cnonce"),
    };
    return equal_in_constant_time(
        get(parameters, "response"), digest_response(answered, credentials, request)
    );
}

}  // namespace bongsu::media
