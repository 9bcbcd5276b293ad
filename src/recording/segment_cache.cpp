#include "recording/segment_cache.hpp"

#include "recording/disk.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::recording {

Result<SegmentCache::Content> SegmentCache::get(
    const std::string& root, const store::Segment& row
) {
    BONGSU_ASSIGN(const FileSource source, FileSource::open(root + "/" + row.path));
    if (Content known = find(row.path, source.size())) {
        return known;
    }
    BONGSU_ASSIGN(SegmentContent content, read_segment(source));
    auto made = std::make_shared<const SegmentContent>(std::move(content));
    keep({.path = row.path, .size = source.size(), .content = made});
    return made;
}

SegmentCache::Content SegmentCache::find(const std::string& path, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(entries_, path, &Entry::path);
    if (found == entries_.end() || found->size != size) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found);
    return found->content;
}

void SegmentCache::keep(Entry entry) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(entries_, [&](const Entry& other) { return other.path == entry.path; });
    entries_.push_front(std::move(entry));
    if (entries_.size() > capacity_) {
        entries_.pop_back();
    }
}

}  // namespace bongsu::recording
