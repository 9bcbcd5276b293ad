#include "fleet/fleet.hpp"

#include <algorithm>

namespace bongsu::fleet {
namespace {

constexpr int kMostPerPage = 1000;

const CameraId& id_of(const FleetCameraPtr& camera) {
    return camera->config.id;
}

/// Words of a search, in lower case as FleetCamera::search_text is. Other letters than A-Z are
/// compared as they are: Hangul has no case.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c == ' ' || c == '\t') {
            if (!word.empty()) {
                words.push_back(std::move(word));
                word.clear();
            }
        } else {
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return words;
}

bool matches(
    const FleetCamera& camera, const CameraQuery& query, const std::vector<std::string>& words
) {
    const CameraConfig& config = camera.config;
    const bool is_placed =
        (!query.organisation || config.organisation == *query.organisation) &&
        (!query.group || std::ranges::binary_search(config.groups, *query.group));
    const bool is_named = std::ranges::all_of(words, [&](const std::string& word) {
        return camera.search_text.find(word) != std::string::npos;
    });
    return is_placed && is_named && (!query.also || query.also(camera));
}

}  // namespace

FleetCameraPtr FleetSnapshot::find(const CameraId& id) const {
    const auto found = by_id.find(id);
    return found != by_id.end() ? found->second : nullptr;
}

FleetCameraPtr FleetSnapshot::find_removed(const CameraId& id) const {
    const auto found = std::ranges::lower_bound(removed, id, {}, id_of);
    return found != removed.end() && id_of(*found) == id ? *found : nullptr;
}

const CameraGroup* FleetSnapshot::group(const GroupId& id) const {
    const auto found = std::ranges::lower_bound(groups, id, {}, &CameraGroup::id);
    return found != groups.end() && found->id == id ? &*found : nullptr;
}

Result<CameraPage> Fleet::list(const CameraQuery& query) const {
    if (query.limit < 1 || query.limit > kMostPerPage) {
        return fail(
            ErrorKind::InvalidArgument,
            "a page of " + std::to_string(query.limit) +
                " cameras was asked for; 1 to 1000 are possible"
        );
    }
    const FleetSnapshotPtr now = snapshot();
    const std::vector<std::string> words = words_of(query.text);
    CameraPage page;
    bool has_more = false;
    for (const FleetCameraPtr& camera : query.is_removed ? now->removed : now->cameras) {
        if (!matches(*camera, query, words)) {
            continue;
        }
        ++page.total;
        if (camera->config.id.value() <= query.cursor) {
            continue;
        }
        if (page.cameras.size() == static_cast<std::size_t>(query.limit)) {
            has_more = true;
        } else {
            page.cameras.push_back(camera);
        }
    }
    page.next = has_more ? page.cameras.back()->config.id.value() : "";
    return page;
}

}  // namespace bongsu::fleet
