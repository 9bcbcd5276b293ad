#include "audit/anchors.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <tuple>

#include <sodium.h>

namespace bongsu::audit {
namespace {

/// Anchors of thirty years, one every five minutes.
constexpr std::size_t kLongestFile = std::size_t{1} << 30U;
constexpr std::size_t kHashDigits = 64;

const unsigned char* as_bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast)
}

unsigned char* as_bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast)
}

std::string to_hex(const std::string& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), as_bytes(bytes), bytes.size());
    text.pop_back();
    return text;
}

std::optional<std::string> from_hex(const std::string& hex, std::size_t bytes) {
    std::string raw(bytes, '\0');
    std::size_t length = 0;
    const int status = sodium_hex2bin(
        as_bytes(raw), raw.size(), hex.data(), hex.size(), nullptr, &length, nullptr
    );
    return status == 0 && length == bytes && hex.size() == 2 * bytes ? std::optional(raw)
                                                                     : std::nullopt;
}

/// What is signed: the anchor itself, in words that no other signature of the key can carry.
std::string signed_text(const store::AuditAnchor& anchor) {
    return "bongsu-audit-anchor-1 " + std::to_string(anchor.number) + " " +
           std::to_string(anchor.time.time_since_epoch().count()) + " " + anchor.hash;
}

std::optional<store::AuditAnchor> parse_line(const std::string& line) {
    std::istringstream words(line);
    store::AuditAnchor anchor;
    std::int64_t micros = 0;
    std::string rest;
    words >> anchor.number >> micros >> anchor.hash >> anchor.key >> anchor.signature;
    if (!words || words >> rest || anchor.hash.size() != kHashDigits) {
        return std::nullopt;
    }
    anchor.time = WallTime{Duration{micros}};
    return anchor;
}

}  // namespace

Result<AnchorSigner> AnchorSigner::open(const std::filesystem::path& key_file) {
    static_assert(crypto_sign_SEEDBYTES == std::tuple_size_v<SecretKey>);
    if (sodium_init() < 0) {
        return fail(ErrorKind::Internal, "libsodium does not start");
    }
    BONGSU_ASSIGN(const SecretKey seed, read_or_make_key(key_file));
    AnchorSigner signer;
    std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
    signer.secret_key_.resize(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(as_bytes(public_key), as_bytes(signer.secret_key_), seed.data());
    signer.public_key_ = to_hex(public_key);
    return signer;
}

store::AuditAnchor AnchorSigner::sign(const store::AuditRow& newest, WallTime now) const {
    store::AuditAnchor anchor{
        .number = newest.number,
        .time = now,
        .hash = newest.hash,
        .key = public_key_,
        .signature = {},
    };
    const std::string text = signed_text(anchor);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(
        as_bytes(signature), nullptr, as_bytes(text), text.size(), as_bytes(secret_key_)
    );
    anchor.signature = to_hex(signature);
    return anchor;
}

bool is_signed(const store::AuditAnchor& anchor) {
    const auto key = from_hex(anchor.key, crypto_sign_PUBLICKEYBYTES);
    const auto signature = from_hex(anchor.signature, crypto_sign_BYTES);
    const std::string text = signed_text(anchor);
    return key && signature &&
           crypto_sign_verify_detached(
               as_bytes(*signature), as_bytes(text), text.size(), as_bytes(*key)
           ) == 0;
}

Status append_anchor(const std::filesystem::path& file, const store::AuditAnchor& anchor) {
    std::ofstream out(file, std::ios::app);
    out << anchor.number << ' ' << anchor.time.time_since_epoch().count() << ' ' << anchor.hash
        << ' ' << anchor.key << ' ' << anchor.signature << '\n';
    out.flush();
    return out ? Status{}
               : Status{fail(
                     ErrorKind::Unavailable,
                     "the anchors of the audit log cannot be written to " + file.string()
                 )};
}

Result<std::vector<store::AuditAnchor>> read_anchors(const std::filesystem::path& file) {
    std::vector<store::AuditAnchor> anchors;
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) {
        return anchors;
    }
    if (size > kLongestFile) {
        return fail(ErrorKind::Corrupt, "anchor file " + file.string() + " is larger than 1 GiB");
    }
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        auto anchor = parse_line(line);
        if (!anchor) {
            return fail(
                ErrorKind::Corrupt,
                "line " + std::to_string(number) + " of " + file.string() + " is no anchor"
            );
        }
        anchors.push_back(*std::move(anchor));
    }
    return anchors;
}

}  // namespace bongsu::audit
