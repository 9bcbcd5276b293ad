#include "media/container/media_file.hpp"

namespace bongsu::media {

namespace {

constexpr std::int64_t kLonePictureTicks = 90'000;  // a film of one picture lasts a second

/// The loop must go on at the film's own pace: the last picture lasts as long as pictures do.
std::int64_t duration_of(const std::vector<ContainerUnit>& units) {
    const auto count = static_cast<std::int64_t>(units.size());
    if (count == 1) {
        return kLonePictureTicks;
    }
    const std::int64_t last = units.back().decode_time;
    return last + (last + (count - 1) / 2) / (count - 1);
}

void move_origin(std::vector<ContainerUnit>& units) {
    const std::int64_t origin = units.front().decode_time;
    for (ContainerUnit& unit : units) {
        unit.decode_time -= origin;
        unit.media_time -= origin;
    }
}

}  // namespace

Result<std::shared_ptr<const MediaFile>> load_media_file(
    const std::string& path, std::size_t max_bytes
) {
    BONGSU_ASSIGN(ContainerReader reader, ContainerReader::open(path));
    auto file = std::make_shared<MediaFile>();
    file->path = path;
    file->parameters = reader.parameters();
    std::size_t bytes = 0;
    while (true) {
        BONGSU_ASSIGN(auto unit, reader.next());
        if (!unit) {
            break;
        }
        if (file->units.empty() && !unit->is_key) {
            continue;
        }
        bytes += unit->bytes->size();
        if (bytes > max_bytes) {
            return fail(
                ErrorKind::ResourceExhausted,
                path + " holds more than " + std::to_string(max_bytes >> 20U) +
                    " MiB of video; use a shorter film"
            );
        }
        file->units.push_back(*std::move(unit));
    }
    if (file->units.empty()) {
        return fail(ErrorKind::Corrupt, path + " holds no key picture to start from");
    }
    move_origin(file->units);
    file->duration = duration_of(file->units);
    return file;
}

}  // namespace bongsu::media
