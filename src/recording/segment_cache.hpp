#pragma once

#include "core/result.hpp"
#include "recording/segment_reader.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace bongsu::recording {

/// The tables of segments read lately, so that playing on and stepping need not scan a file again.
/// Segments that are being written are scanned anew when they have grown. Holds at most `capacity`
/// of them (about 5 kB each), the least used goes first. Thread-safe.
class SegmentCache {
public:
    using Content = std::shared_ptr<const SegmentContent>;

    explicit SegmentCache(std::size_t capacity = 256) : capacity_(capacity) {}

    /// Reads the file of `row` below `root`, or what is remembered of it. Errors: NotFound or
    /// Unavailable (file), Corrupt.
    Result<Content> get(const std::string& root, const store::Segment& row);

private:
    struct Entry {
        std::string path;
        std::uint64_t size = 0;  ///< of the file when it was scanned
        Content content;
    };

    Content find(const std::string& path, std::uint64_t size);
    void keep(Entry entry);

    const std::size_t capacity_;
    std::mutex mutex_;
    std::list<Entry> entries_;  ///< latest used first
};

}  // namespace bongsu::recording
