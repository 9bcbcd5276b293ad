#include "recording/segment_rows.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bongsu::recording {
namespace {

constexpr int kMostRows = 100'000;  // two months of one stream in segments of a minute

}  // namespace

Result<std::vector<store::Segment>> rows_between(
    store::SegmentIndex& index, const CameraId& camera, StreamRole role, WallTime from, WallTime to
) {
    store::SegmentQuery wanted{
        .camera = camera, .role = role, .from = from, .to = to, .limit = kMostRows
    };
    BONGSU_ASSIGN(auto rows, index.find(wanted));
    wanted.from.reset();
    wanted.state = store::SegmentState::Open;
    BONGSU_ASSIGN(const auto open, index.find(wanted));
    std::ranges::copy_if(open, std::back_inserter(rows), [&](const store::Segment& row) {
        return row.end <= from;
    });
    std::erase_if(rows, [](const store::Segment& row) {
        return row.state == store::SegmentState::Retiring;
    });
    std::ranges::sort(rows, {}, [](const store::Segment& row) {
        return std::pair(row.start, row.path);
    });
    return rows;
}

}  // namespace bongsu::recording
