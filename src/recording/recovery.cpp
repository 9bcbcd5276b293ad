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

#include <fcntl.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr std::size_t kMostLines = 1'000;
constexpr std::size_t kBlock = 1U << 20U;
constexpr int kPage = 1'000;

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
    Status recover_unknown();
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
        for (const store::Segment& segment : open) {
            BONGSU_TRY(recover_file(segment.path));
        }
    }
}

// A row is written moments after its file, so an unknown file can only be as old as the newest row,
// or the index is new and all files are unknown to it.
Status Recovery::recover_unknown() {
    BONGSU_ASSIGN(const auto streams, index_.streams());
    std::map<std::string, std::string> newest_day;  // by "<organisation>/<camera>/<role>"
    for (const store::StoredStream& stream : streams) {
        BONGSU_ASSIGN(const auto newest, index_.newest(stream.camera, stream.role));
        if (newest) {
            const std::string& path = newest->path;
            const std::string day_folder = path.substr(0, path.rfind('/'));
            const std::string day_before = day_of(newest->start - std::chrono::hours{24});
            newest_day[day_folder.substr(0, day_folder.rfind('/'))] = day_before;
        }
    }
    BONGSU_ASSIGN(const auto days, day_folders(root_));
    for (const DayFolder& day : days) {
        const auto known = newest_day.find(day.stream);
        if (known != newest_day.end() && day.day < known->second) {
            continue;
        }
        BONGSU_ASSIGN(const auto files, files_in(root_, day.path, kSegmentSuffix));
        for (const FoundFile& file : files) {
            BONGSU_ASSIGN(const auto row, index_.get(file.path));
            if (!row) {
                BONGSU_TRY(recover_file(file.path));
            }
        }
    }
    return {};
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
