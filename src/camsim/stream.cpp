#include "camsim/stream.hpp"

#include "camsim/sdp.hpp"

namespace bongsu::camsim {

namespace {

std::string_view without_slashes(std::string_view path) {
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return path;
}

}  // namespace

void StreamDirectory::add(std::unique_ptr<Stream> stream) {
    std::string path = stream->camera.value() + "/" + std::string(to_string(stream->role));
    streams_.insert_or_assign(std::move(path), std::move(stream));
}

Stream* StreamDirectory::find(std::string_view url_path) const {
    std::string_view path = without_slashes(url_path.substr(0, url_path.find('?')));
    if (path.ends_with(kTrackControl)) {
        path = without_slashes(path.substr(0, path.size() - kTrackControl.size()));
    }
    if (const auto found = streams_.find(path); found != streams_.end()) {
        return found->second.get();
    }
    const auto main = streams_.find(std::string(path) + "/main");
    return main == streams_.end() ? nullptr : main->second.get();
}

}  // namespace bongsu::camsim
