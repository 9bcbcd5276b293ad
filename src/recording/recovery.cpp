#include "recording/recovery.hpp"

#include "core/log.hpp"
#include "recording/disk.hpp"
#include "recording/disk_walk.hpp"
#include "recording/segment_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <map>
#include <span>
#include <unordered_set>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr std::size_t kMostLines = 1'000;
constexpr std::size_t kBlock = 1U << 20U;
constexpr int kPage = 1'000;

/// What the index knows of one stream's latest days.
struct KnownStream {
    std::string oldest_day;
    std::unordered_set<std::string> paths;
};

class Recovery {
public:
    Recovery(const std::string& root, store::SegmentIndex& index) : root_(root), index_(index) {}

    Result<RecoveryReport> run() {
        BONGSU_TRY(recover_open());
        BONGSU_TRY(recover_unknown());
        return std::move(report_);
    }

private:
    Status recover_open();
    Status recover_files(std::span<const store::Segment> segments);
    Status recover_unknown();
    Status recover_day(const DayFolder& day, const KnownStream* known);
    Result<std::pair<std::string, KnownStream>> latest_of(const store::StoredStream& stream);
    Status recover_file(const std::string& path);
    Status set_aside(const std::string& path, const std::string& reason);
    Status cut_tail(const std::string& path, std::uint64_t whole, std::uint64_t size);
    Status close_row(const std::string& path);
    void tell(const std::string& path, const std::string& what);

    const std::string& root_;
    store::SegmentIndex& index_;
    RecoveryReport report_;
};

Status Recovery::recover_open() {
    while (true) {
        BONGSU_ASSIGN(
            const auto open, index_.find({.state = store::SegmentState::Open, .limit = kPage})
        );
        if (open.empty()) {
            return {};
        }
        BONGSU_TRY(recover_files(open));
    }
}

Status Recovery::recover_files(std::span<const store::Segment> segments) {
    for (const store::Segment& segment : segments) {
        BONGSU_TRY(recover_file(segment.path));
    }
    return {};
}

// A row is written moments after its file, so an unknown file can only be as old as the newest row,
// or the index is new and all files are unknown to it.
Status Recovery::recover_unknown() {
    BONGSU_ASSIGN(const auto streams, index_.streams());
    std::map<std::string, KnownStream> known;  // by "<organisation>/<camera>/<role>"
    for (const store::StoredStream& stream : streams) {
        BONGSU_ASSIGN(auto entry, latest_of(stream));
        known.insert(std::move(entry));
    }
    BONGSU_ASSIGN(const auto days, day_folders(root_));
    for (const DayFolder& day : days) {
        const auto stream = known.find(day.stream);
        if (stream != known.end() && day.day < stream->second.oldest_day) {
            continue;
        }
        BONGSU_TRY(recover_day(day, stream != known.end() ? &stream->second : nullptr));
    }
    return {};
}

/// `known` is null where the index knows nothing of the stream.
Status Recovery::recover_day(const DayFolder& day, const KnownStream* known) {
    BONGSU_ASSIGN(const auto files, files_in(root_, day.path, kSegmentSuffix));
    for (const FoundFile& file : files) {
        const bool is_known = known != nullptr && known->paths.contains(file.path);
        BONGSU_TRY(is_known ? Status{} : recover_file(file.path));
    }
    return {};
}

/// The folder of a stream with its indexed files from the day before its newest segment on.
Result<std::pair<std::string, KnownStream>> Recovery::latest_of(const store::StoredStream& stream) {
    KnownStream known{.oldest_day = day_of(stream.newest - std::chrono::hours{24}), .paths = {}};
    BONGSU_ASSIGN(const WallTime from, parse_iso8601(known.oldest_day + "T00:00:00Z"));
    store::SegmentQuery query{
        .camera = stream.camera,
        .organisation = stream.organisation,
        .role = stream.role,
        .after_start = from - Duration{1},
        .limit = kPage,
    };
    std::string folder;
    while (true) {
        BONGSU_ASSIGN(const auto page, index_.find(query));
        if (page.empty()) {
            return std::pair(std::move(folder), std::move(known));
        }
        for (const store::Segment& segment : page) {
            known.paths.insert(segment.path);
        }
        query.after_start = page.back().start;
        query.after_path = page.back().path;
        const std::string& path = page.back().path;  // <stream>/<day>/<file>
        folder = path.substr(0, path.rfind('/', path.rfind('/') - 1));
    }
}

Status Recovery::recover_file(const std::string& path) {
    auto source = FileSource::open(root_ + "/" + path);
    if (!source && source.error().kind == ErrorKind::NotFound) {
        ++report_.missing;
        tell(path, "is missing");
        return close_row(path);
    }
    if (!source) {
        return fail(source.error());
    }
    const auto content = read_segment(*source);
    if (!content) {
        return set_aside(path, content.error().describe());
    }
    BONGSU_ASSIGN(const ChainVerdict verdict, verify_chain(*source, *content));
    if (verdict.whole == 0) {
        return set_aside(path, verdict.problem.empty() ? "it holds no whole GOP" : verdict.problem);
    }
    if (verdict.bytes < source->size()) {
        const std::string& reason = verdict.problem.empty() ? content->file.torn : verdict.problem;
        BONGSU_TRY(cut_tail(path, verdict.bytes, source->size()));
        tell(path, "lost its tail: " + reason);
    }
    ++report_.recovered;
    return index_.put(row_of(*content, verdict, path));
}

/// Keeps a file of which nothing is usable under another name.
Status Recovery::set_aside(const std::string& path, const std::string& reason) {
    const std::string from = root_ + "/" + path;
    if (::rename(from.c_str(), (from + kTornSuffix).c_str()) != 0) {
        return fail(disk_error("rename", from, errno));
    }
    ++report_.unreadable;
    tell(path, "is not whole: " + reason);
    return close_row(path);
}

// The row stays, so that `check` goes on reporting the loss until retention ends it.
Status Recovery::close_row(const std::string& path) {
    BONGSU_ASSIGN(auto row, index_.get(path));
    if (!row) {
        return {};
    }
    row->state = store::SegmentState::Closed;
    return index_.put(*row);
}

/// Moves everything behind `whole` into the .torn file.
Status Recovery::cut_tail(const std::string& path, std::uint64_t whole, std::uint64_t size) {
    const std::string name = root_ + "/" + path;
    BONGSU_ASSIGN(const FileSource source, FileSource::open(name));
    BONGSU_ASSIGN(const Fd torn, open_file(name + kTornSuffix, O_WRONLY | O_CREAT | O_TRUNC));
    std::vector<std::uint8_t> block(kBlock);
    for (std::uint64_t at = whole; at < size; at += kBlock) {
        const std::span<std::uint8_t> part(
            block.data(), std::min<std::uint64_t>(kBlock, size - at)
        );
        BONGSU_TRY(source.read_at(at, part));
        const std::vector<Bytes> pieces{Bytes(part)};
        BONGSU_TRY(write_all(torn, pieces, name + kTornSuffix));
    }
    BONGSU_ASSIGN(const Fd file, open_file(name, O_WRONLY));
    if (::fsync(torn.get()) != 0 || ::ftruncate(file.get(), static_cast<off_t>(whole)) != 0 ||
        ::fsync(file.get()) != 0) {
        return fail(disk_error("cut back", name, errno));
    }
    ++report_.torn;
    report_.torn_bytes += static_cast<std::int64_t>(size - whole);
    return {};
}

void Recovery::tell(const std::string& path, const std::string& what) {
    log::warn("recording.recovery", {{"file", path}, {"finding", what}});
    if (report_.lines.size() < kMostLines) {
        report_.lines.push_back(path + " " + what);
    }
}

}  // namespace

Result<RecoveryReport> recover(const std::string& root, store::SegmentIndex& index) {
    return Recovery(root, index).run();
}

}  // namespace bongsu::recording
