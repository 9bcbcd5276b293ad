#pragma once

#include "store/audit_store.hpp"

#include <string>

namespace bongsu::audit {

/// The hash before record 1: 64 zeros.
std::string chain_start();

/// The hash of a record behind `previous` (hex): SHA-256 (FIPS 180-4) over the bytes
///
///     "bongsu-audit-1"                                     14 bytes
///     hash of the record before                            32 bytes
///     number, time in microseconds since 1970 (UTC)        8 bytes each, big endian
///     who, organisation, action, object, purpose,          each: length in 4 bytes, big endian,
///     incident, outcome, address, detail                   then the UTF-8 bytes
///
/// Lengths in front make the encoding unambiguous: no text can pass for two.
std::string chain_hash(const std::string& previous, const store::AuditRow& row);

}  // namespace bongsu::audit
