#pragma once

#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::recording {

enum class FindingKind {
    Missing,      ///< indexed, but no file
    Extra,        ///< a file that the index does not know
    Altered,      ///< bytes do not agree with the hashes, or the file with its row
    Torn,         ///< the file ends inside a fragment
    ChainBroken,  ///< segments of a day do not follow each other: one was taken out or put in
};
std::string_view to_string(FindingKind kind);

struct Finding {
    FindingKind kind = FindingKind::Missing;
    std::string path;  ///< file, or "<camera>/<role>/<day>" for a chain
    std::string what;  ///< names the GOP where one is meant
};

struct CheckReport {
    static constexpr std::size_t kMostFindings = 10'000;

    std::size_t indexed = 0;  ///< rows looked at
    std::size_t whole = 0;    ///< of those, files that are whole and unaltered
    std::size_t open = 0;     ///< of those, still being written: their whole fragments were checked
    std::size_t retiring = 0;  ///< being deleted by retention
    std::size_t missing = 0;
    std::size_t extra = 0;
    std::size_t altered = 0;
    std::size_t torn = 0;
    std::size_t chains = 0;  ///< camera days whose chain was followed
    std::size_t chains_broken = 0;
    std::size_t set_aside = 0;      ///< .torn files that recovery has left
    std::int64_t bytes = 0;         ///< read
    std::vector<Finding> findings;  ///< the first kMostFindings

    bool is_clean() const { return missing + extra + altered + torn + chains_broken == 0; }

    /// 0 when clean, else 1: for the command line.
    int exit_status() const { return is_clean() ? 0 : 1; }

    /// Lines for people: one per finding, then the counts.
    std::string to_text() const;
};

struct CheckOptions {
    std::optional<CameraId> camera;
    bool reads_pictures = true;  ///< false: sizes and headers only, no hashes
    std::function<void(std::size_t done, std::size_t of)> progress;  ///< may be empty
};

/// Compares index and disk and verifies every hash and chain. Changes nothing; may run while
/// recording. Errors only when the index or the folder cannot be read at all. Runs on: the calling
/// thread.
Result<CheckReport> check(
    const std::string& root, store::SegmentIndex& index, const CheckOptions& options
);

}  // namespace bongsu::recording
