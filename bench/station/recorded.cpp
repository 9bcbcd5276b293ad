#include "station/recorded.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "recording/disk.hpp"
#include "recording/segment_reader.hpp"

#include <algorithm>
#include <cstdio>

namespace bongsu::bench {
namespace {

class Reader {
public:
    Reader(const FilmPrints& prints, WallTime until) : prints_(prints), until_(until) {}

    Status read(const std::string& path) {
        BONGSU_ASSIGN(const recording::FileSource source, recording::FileSource::open(path));
        BONGSU_ASSIGN(const recording::SegmentContent content, recording::read_segment(source));
        for (std::size_t i = 0; i < content.file.fragments.size(); ++i) {
            if (content.marks[i].start >= until_) {
                continue;
            }
            BONGSU_TRY(read_fragment(source, content.file.fragments[i], path));
        }
        return {};
    }

    RecordedStream stream;

private:
    Status read_fragment(
        const recording::FileSource& source,
        const media::mp4::ScannedFragment& fragment,
        const std::string& path
    ) {
        std::uint64_t place = fragment.data;
        for (const auto& sample : fragment.fragment.samples) {
            bytes_.resize(sample.size);
            BONGSU_TRY(source.read_at(place, bytes_));
            place += sample.size;
            add(path);
        }
        return {};
    }

    void add(const std::string& path) {
        const std::int64_t last = stream.numbers.empty() ? 0 : stream.numbers.back();
        const std::size_t steps = prints_.steps_to(bytes_, static_cast<std::size_t>(last));
        if (steps != 0) {
            stream.numbers.push_back(last + static_cast<std::int64_t>(steps));
            return;
        }
        ++stream.foreign;
        if (stream.first_problem.empty()) {
            stream.first_problem = "a picture that the camera never sent, in " + path;
        }
    }

    const FilmPrints& prints_;
    const WallTime until_;
    std::vector<std::uint8_t> bytes_;
};

}  // namespace

RecordedStream read_recorded(
    const std::filesystem::path& root,
    const std::vector<store::Segment>& segments,
    const FilmPrints& prints,
    WallTime until
) {
    // Names of files follow the station's clock, which the benchmark sets; the kernel's does not.
    std::vector<std::pair<std::filesystem::file_time_type, std::string>> files;
    Reader reader(prints, until);
    for (const store::Segment& segment : segments) {
        std::error_code missing;
        const std::filesystem::path path = root / segment.path;
        files.emplace_back(std::filesystem::last_write_time(path, missing), path.string());
    }
    std::ranges::sort(files);
    for (const auto& [time, path] : files) {
        if (const Status done = reader.read(path); !done) {
            ++reader.stream.unread;
            reader.stream.first_problem = done.error().describe();
        }
    }
    return std::move(reader.stream);
}

Result<std::map<std::string, store::Segment>> read_index(const std::filesystem::path& data) {
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(
        const auto store, app::open_existing_store(app::DataFolders{data}, clock, metrics)
    );
    std::map<std::string, store::Segment> rows;
    store::SegmentQuery query;
    while (true) {
        BONGSU_ASSIGN(const std::vector<store::Segment> page, store->segments().find(query));
        for (const store::Segment& row : page) {
            rows.emplace(row.path, row);
        }
        if (page.size() < static_cast<std::size_t>(query.limit)) {
            return rows;
        }
        query.after_path = page.back().path;
        query.after_start = page.back().start;
    }
}

void Comparison::add(
    const CameraId& camera, const RecordedStream& recorded, std::int64_t left_out
) {
    std::int64_t missing = 0;
    for (std::size_t i = 1; i < recorded.numbers.size(); ++i) {
        const std::int64_t here = recorded.numbers[i] - recorded.numbers[i - 1] - 1;
        missing += here;
        if (here > 0) {
            std::fprintf(
                stderr,
                "%s: %lld pictures are missing behind the first %zu\n",
                camera.value().c_str(),
                static_cast<long long>(here),
                i
            );
        }
    }
    if (!recorded.first_problem.empty()) {
        std::fprintf(stderr, "%s\n", recorded.first_problem.c_str());
    }
    const std::int64_t unsent = std::min(missing, left_out);
    pictures += recorded.numbers.size();
    never_sent += unsent;
    lost += missing - unsent + static_cast<std::int64_t>(recorded.foreign + recorded.unread);
}

}  // namespace bongsu::bench
