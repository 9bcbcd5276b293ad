#include "recording/check.hpp"

#include "recording/disk.hpp"
#include "recording/disk_walk.hpp"
#include "recording/segment_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_set>

namespace bongsu::recording {
namespace {

constexpr int kPage = 10'000;

using store::Segment;
using store::SegmentState;

/// One camera, role and UTC day.
using ChainKey = std::tuple<std::string, StreamRole, std::string>;

std::string describe(const ChainKey& key) {
    return std::get<0>(key) + "/" + std::string(to_string(std::get<1>(key))) + "/" +
           std::get<2>(key);
}

class Check {
public:
    Check(const std::string& root, store::SegmentIndex& index, const CheckOptions& options)
        : root_(root), index_(index), options_(options) {}

    Result<CheckReport> run() {
        // Files first: one that appears while we work would look extra, but its row is found then.
        BONGSU_TRY(list_files());
        BONGSU_TRY(list_rows());
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            check_row(rows_[i]);
            if (options_.progress) {
                options_.progress(i + 1, rows_.size());
            }
        }
        find_extra_files();
        BONGSU_TRY(check_chains());
        return std::move(report_);
    }

private:
    Status list_files();
    Status list_rows();
    void check_row(const Segment& row);
    void check_content(const Segment& row, const FileSource& source, const SegmentContent& content);
    void find_extra_files();
    Status check_chains();
    void follow_chain(
        const ChainKey& key, const std::vector<const Segment*>& segments, const store::ChainDay* day
    );
    void tell(FindingKind kind, const std::string& path, const std::string& what);

    const std::string& root_;
    store::SegmentIndex& index_;
    const CheckOptions& options_;
    std::vector<FoundFile> files_;
    std::vector<Segment> rows_;
    CheckReport report_;
};

Status Check::list_files() {
    BONGSU_ASSIGN(const auto days, day_folders(root_));
    for (const DayFolder& day : days) {
        const auto slash = day.stream.find('/');
        const std::string camera = day.stream.substr(slash + 1, day.stream.rfind('/') - slash - 1);
        if (options_.camera && options_.camera->value() != camera) {
            continue;
        }
        auto files = files_in(root_, day.path, kSegmentSuffix);
        if (!files && files.error().kind == ErrorKind::NotFound) {
            continue;  // retention was faster
        }
        if (!files) {
            return fail(files.error());
        }
        files_.insert(files_.end(), files->begin(), files->end());
        const auto torn = files_in(root_, day.path, kTornSuffix);
        report_.set_aside += torn ? torn->size() : 0;
    }
    return {};
}

Status Check::list_rows() {
    store::SegmentQuery query{.camera = options_.camera, .limit = kPage};
    while (true) {
        BONGSU_ASSIGN(auto page, index_.find(query));
        if (page.empty()) {
            break;
        }
        query.after_start = page.back().start;
        query.after_path = page.back().path;
        std::ranges::move(page, std::back_inserter(rows_));
    }
    report_.indexed = rows_.size();
    return {};
}

void Check::check_row(const Segment& row) {
    if (row.state == SegmentState::Retiring) {
        ++report_.retiring;
        return;
    }
    const auto source = FileSource::open(root_ + "/" + row.path);
    if (!source) {
        const bool is_gone = source.error().kind == ErrorKind::NotFound;
        tell(
            is_gone ? FindingKind::Missing : FindingKind::Altered,
            row.path,
            is_gone ? "is in the index, but not on disk" : source.error().describe()
        );
        return;
    }
    const auto content = read_segment(*source);
    if (!content) {
        tell(FindingKind::Altered, row.path, content.error().describe());
        return;
    }
    check_content(row, *source, *content);
}

void Check::check_content(
    const Segment& row, const FileSource& source, const SegmentContent& content
) {
    const bool is_open = row.state == SegmentState::Open;
    ChainVerdict verdict;
    if (options_.reads_pictures) {
        const auto verified = verify_chain(source, content);
        if (!verified) {
            tell(FindingKind::Altered, row.path, verified.error().describe());
            return;
        }
        verdict = *verified;
        report_.bytes += static_cast<std::int64_t>(verdict.bytes);
    }
    if (!verdict.problem.empty()) {
        tell(FindingKind::Altered, row.path, verdict.problem);
    } else if (to_hex(content.header.chain_before) != row.chain_before) {
        tell(FindingKind::Altered, row.path, "its header names another predecessor than the index");
    } else if (is_open) {
        ++report_.open;
    } else if (!content.file.torn.empty()) {
        tell(FindingKind::Torn, row.path, content.file.torn);
    } else if (static_cast<std::int64_t>(content.marks.size()) < row.fragments) {
        tell(
            FindingKind::Torn,
            row.path,
            "holds " + std::to_string(content.marks.size()) + " of " +
                std::to_string(row.fragments) + " GOPs"
        );
    } else if (static_cast<std::int64_t>(source.size()) != row.bytes || content.marks.empty() ||
               to_hex(content.marks.back().chain) != row.chain_after) {
        tell(
            FindingKind::Altered,
            row.path,
            "is not the file that was indexed (size or last hash differ)"
        );
    } else {
        ++report_.whole;
    }
}

void Check::find_extra_files() {
    std::unordered_set<std::string_view> known;
    for (const Segment& row : rows_) {
        known.insert(row.path);
    }
    for (const FoundFile& file : files_) {
        if (known.contains(file.path)) {
            continue;
        }
        const auto row = index_.get(file.path);
        if (!row || !*row) {
            tell(FindingKind::Extra, file.path, "is on disk, but not in the index");
        }
    }
}

Status Check::check_chains() {
    std::map<ChainKey, std::vector<const Segment*>> segments;
    for (const Segment& row : rows_) {
        segments[{row.camera.value(), row.role, day_of(row.start)}].push_back(&row);
    }
    BONGSU_ASSIGN(const auto days, index_.chain_days(options_.camera));
    for (const store::ChainDay& day : days) {
        const ChainKey key{day.camera.value(), day.role, day.day};
        const auto found = segments.find(key);
        if (found != segments.end()) {
            follow_chain(key, found->second, &day);
            segments.erase(found);
        } else if (day.root != day.retired_through) {
            ++report_.chains;
            tell(
                FindingKind::ChainBroken,
                describe(key),
                "the day's last segments are gone, and not by retention"
            );
        }
    }
    for (const auto& [key, rows] : segments) {  // days that have no closed segment yet
        follow_chain(key, rows, nullptr);
    }
    return {};
}

/// Every segment must build on another one, on the seed of its day, or on what retention deleted;
/// and the end must be the day's root. The order of starts does not matter: a camera's clock may be
/// set back.
void Check::follow_chain(
    const ChainKey& key, const std::vector<const Segment*>& segments, const store::ChainDay* day
) {
    ++report_.chains;
    std::unordered_set<std::string> ends{
        to_hex(chain_seed(CameraId(std::get<0>(key)), std::get<1>(key), std::get<2>(key)))
    };
    bool has_open = false;
    bool has_root = day == nullptr;
    if (day != nullptr && day->retired > 0) {
        ends.insert(day->retired_through);
    }
    for (const Segment* segment : segments) {
        ends.insert(segment->chain_after);
        has_open = has_open || segment->state != SegmentState::Closed;
        has_root = has_root || segment->chain_after == day->root;
    }
    for (const Segment* segment : segments) {
        if (!ends.contains(segment->chain_before)) {
            tell(
                FindingKind::ChainBroken,
                describe(key),
                segment->path + " does not follow any other segment"
            );
            return;
        }
    }
    if (!has_root && !has_open) {
        tell(
            FindingKind::ChainBroken,
            describe(key),
            "the day's last segment is gone, and not by retention"
        );
    }
}

void Check::tell(FindingKind kind, const std::string& path, const std::string& what) {
    const std::array counts{
        &report_.missing, &report_.extra, &report_.altered, &report_.torn, &report_.chains_broken
    };
    ++*counts.at(static_cast<std::size_t>(kind));
    if (report_.findings.size() < CheckReport::kMostFindings) {
        report_.findings.push_back({.kind = kind, .path = path, .what = what});
    }
}

}  // namespace

std::string_view to_string(FindingKind kind) {
    constexpr std::array<std::string_view, 5> kNames{
        "missing", "extra", "altered", "torn", "chain_broken"
    };
    return kNames.at(static_cast<std::size_t>(kind));
}

std::string CheckReport::to_text() const {
    std::string text;
    for (const Finding& finding : findings) {
        text +=
            std::string(to_string(finding.kind)) + "  " + finding.path + "  " + finding.what + "\n";
    }
    const auto line = [&](const char* name, std::size_t value) {
        text += std::string(name) + " " + std::to_string(value) + "\n";
    };
    line("indexed", indexed);
    line("whole", whole);
    line("open", open);
    line("retiring", retiring);
    line("missing", missing);
    line("extra", extra);
    line("altered", altered);
    line("torn", torn);
    line("chains", chains);
    line("chains_broken", chains_broken);
    line("set_aside", set_aside);
    return text;
}

Result<CheckReport> check(
    const std::string& root, store::SegmentIndex& index, const CheckOptions& options
) {
    return Check(root, index, options).run();
}

}  // namespace bongsu::recording
