#include "console/shift_file.hpp"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::uintmax_t kMostBytes = 4 * 1024 * 1024;

json::object to_json(const KeptDesk& desk) {
    json::array pins;
    for (const CameraId& pin : desk.pins) {
        pins.push_back(json::string(pin.value()));
    }
    return {
        {"user", desk.user},
        {"since", desk.since ? json::value(to_iso8601(*desk.since)) : json::value(nullptr)},
        {"cap", desk.cap},
        {"slots", desk.slots},
        {"pins", std::move(pins)}
    };
}

/// Throws what boost.json throws.
KeptDesk from_json(const json::value& value) {
    KeptDesk desk;
    desk.user = value.at("user").as_string();
    desk.cap = value.at("cap").to_number<std::size_t>();
    desk.slots = value.at("slots").to_number<std::size_t>();
    for (const json::value& pin : value.at("pins").as_array()) {
        desk.pins.emplace_back(std::string(pin.as_string()));
    }
    if (const json::string* since = value.at("since").if_string()) {
        const auto time = parse_iso8601(*since);
        desk.since = time ? std::optional(*time) : std::nullopt;
    }
    return desk;
}

}  // namespace

Result<std::vector<KeptDesk>> read_shift_file(const fs::path& path) {
    std::vector<KeptDesk> desks;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error == std::errc::no_such_file_or_directory) {
        return desks;
    }
    std::ifstream file(path, std::ios::binary);
    if (error || !file || size > kMostBytes) {
        return fail(ErrorKind::Unavailable, "cannot read who was on shift from " + path.string());
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
        const json::value document = json::parse(text);
        for (const json::value& desk : document.at("desks").as_array()) {
            desks.push_back(from_json(desk));
        }
    } catch (const std::exception& problem) {
        return fail(
            ErrorKind::Corrupt, path.string() + " does not say who was on shift: " + problem.what()
        );
    }
    return desks;
}

Status write_shift_file(const fs::path& path, const std::vector<KeptDesk>& desks) {
    json::array list;
    for (const KeptDesk& desk : desks) {
        list.push_back(to_json(desk));
    }
    fs::path fresh = path;
    fresh += ".new";
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << json::serialize(json::object{{"desks", std::move(list)}});
    file.close();
    std::error_code error;
    if (file) {
        fs::rename(fresh, path, error);
    }
    if (!file || error) {
        return fail(ErrorKind::Unavailable, "cannot write who is on shift to " + path.string());
    }
    return {};
}

}  // namespace bongsu::console
