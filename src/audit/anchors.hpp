#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/secret_file.hpp"
#include "store/audit_store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bongsu::audit {

/// Signs the newest hash of the log with the Ed25519 key (RFC 8032) of the installation, so that it
/// shows when records were cut off at the end, or all hashes were made anew. Immutable.
class AnchorSigner {
public:
    /// The seed is read from this file or made. Errors: those of read_or_make_key.
    static Result<AnchorSigner> open(const std::filesystem::path& key_file);

    const std::string& public_key() const { return public_key_; }

    store::AuditAnchor sign(const store::AuditRow& newest, WallTime now) const;

private:
    AnchorSigner() = default;

    std::string secret_key_;  ///< 64 bytes of libsodium
    std::string public_key_;  ///< hex
};

/// Whether the anchor carries a good signature of the key that it names.
bool is_signed(const store::AuditAnchor& anchor);

/// Anchors are repeated in a text file, one a line: number, time in microseconds, hash, key and
/// signature, separated by spaces. It is a second witness, worth copying to another machine.
Status append_anchor(const std::filesystem::path& file, const store::AuditAnchor& anchor);

/// Anchors of such a file; none when it is not there. Corrupt names the line that is no anchor.
Result<std::vector<store::AuditAnchor>> read_anchors(const std::filesystem::path& file);

}  // namespace bongsu::audit
