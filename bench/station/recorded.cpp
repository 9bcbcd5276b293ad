#include "station/recorded.hpp"

#include "recording/disk.hpp"
#include "recording/segment_reader.hpp"

#include <algorithm>

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
            const auto& fragment = content.file.fragments[i];
            std::uint64_t place = fragment.data;
            for (const auto& sample : fragment.fragment.samples) {
                bytes_.resize(sample.size);
                BONGSU_TRY(source.read_at(place, bytes_));
                place += sample.size;
                add(path);
            }
        }
        return {};
    }

    RecordedStream stream;

private:
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

}  // namespace bongsu::bench
