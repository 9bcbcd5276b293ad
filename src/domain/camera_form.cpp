#include "domain/camera_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace bongsu {
namespace {

/// The user name and password of a URL, and what stands around them.
struct UrlParts {
    std::string before;    ///< "rtsp://"
    std::string userinfo;  ///< "kim:secret"
    std::string host;      ///< "10.0.0.1:554"
    std::string rest;      ///< "/stream?x=1"
};

std::optional<UrlParts> split_url(const std::string& url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t begin = scheme + 3;
    const std::size_t path = std::min(url.find_first_of("/?#", begin), url.size());
    const std::string authority = url.substr(begin, path - begin);
    const std::size_t at = authority.rfind('@');
    if (at == std::string::npos) {
        return UrlParts{url.substr(0, begin), "", authority, url.substr(path)};
    }
    return UrlParts{
        url.substr(0, begin), authority.substr(0, at), authority.substr(at + 1), url.substr(path)
    };
}

bool is_secret_key(std::string_view key) {
    constexpr std::array<std::string_view, 4> kSecretKeys{"password", "secret", "token", "key"};
    return std::ranges::find(kSecretKeys, key) != kSecretKeys.end();
}

Value with_secrets_hidden(const Value& settings) {
    const Value::Map* map = settings.as_map();
    if (map == nullptr) {
        return settings;
    }
    Value::Map out;
    for (const auto& [key, item] : *map) {
        const bool is_hidden = is_secret_key(key) && !item.is_null() && item != Value("");
        out.emplace_back(key, is_hidden ? Value(std::string(kHiddenSecret)) : item);
    }
    return out;
}

/// The shortest decimal that reads back as the same float: 0.1 instead of 0.10000000149.
double plain(float number) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    double out = 0;
    std::from_chars(text.data(), written.ptr, out);
    return out;
}

Value::List to_list(const Polygon& corners) {
    Value::List list;
    for (const Point& corner : corners) {
        list.emplace_back(Value::List{plain(corner.x), plain(corner.y)});
    }
    return list;
}

Value::List to_list(const std::vector<Polygon>& masks) {
    Value::List list;
    for (const Polygon& mask : masks) {
        list.emplace_back(to_list(mask));
    }
    return list;
}

template <class Id>
Value::List ids(const std::vector<Id>& given) {
    Value::List list;
    for (const Id& id : given) {
        list.emplace_back(id.value());
    }
    return list;
}

Value::List words(const std::vector<std::string>& given) {
    return {given.begin(), given.end()};
}

Value to_value(const StreamConfig& stream, Secrets secrets) {
    const bool is_shown = secrets == Secrets::Kept;
    Value::Map map{
        {"role", std::string(to_string(stream.role))},
        {"source", stream.source},
        {"url", is_shown ? stream.url : redact_url(stream.url)},
    };
    if (!stream.settings.is_null()) {
        map.emplace_back(
            "settings", is_shown ? stream.settings : with_secrets_hidden(stream.settings)
        );
    }
    return map;
}

Value to_value(const RuleConfig& rule) {
    Value::Map map{
        {"id", rule.id.value()},
        {"behaviour", rule.behaviour},
        {"gravity", rule.gravity},
        {"zones", ids(rule.zones)},
        {"schedule", words(rule.schedule)},
    };
    if (const Value::Map* own = rule.settings.as_map()) {
        map.insert(map.end(), own->begin(), own->end());
    }
    return map;
}

Value to_value(const Zone& zone) {
    return Value::Map{
        {"id", zone.id.value()}, {"name", zone.name}, {"points", to_list(zone.corners)}
    };
}

template <class Item>
Value::List values(const std::vector<Item>& items) {
    Value::List list;
    for (const Item& item : items) {
        list.push_back(to_value(item));
    }
    return list;
}

std::string no_secret(const std::string& path) {
    return path +
           " holds '***', which stands for a stored password, but none is stored for it; "
           "type the password again";
}

Result<std::string> with_login_of(
    const std::string& url, const std::string& stored, const std::string& path
) {
    const auto edited = split_url(url);
    if (!edited || edited->userinfo != kHiddenSecret) {
        return url;
    }
    const auto known = split_url(stored);
    if (!known || known->userinfo.empty()) {
        return fail(ErrorKind::InvalidArgument, "hidden_secret"_code, no_secret(path));
    }
    if (known->host != edited->host) {
        return fail(
            ErrorKind::InvalidArgument,
            "hidden_secret"_code,
            path + " names another host; type user name and password for it again"
        );
    }
    return edited->before + known->userinfo + "@" + edited->host + edited->rest;
}

/// Puts stored secrets into a map of settings. `stays_put`: the address beside it is unchanged.
Result<Value> with_stored(
    const Value& settings, const Value& stored, bool stays_put, const std::string& path
) {
    const Value::Map* map = settings.as_map();
    if (map == nullptr) {
        return settings;
    }
    Value::Map out;
    for (const auto& [key, item] : *map) {
        const bool is_hidden =
            is_secret_key(key) && item.as_text() != nullptr && *item.as_text() == kHiddenSecret;
        const Value* known = stored.find(key);
        if (is_hidden && (known == nullptr || !stays_put)) {
            return fail(ErrorKind::InvalidArgument, no_secret(path + "." + key));
        }
        out.emplace_back(key, is_hidden ? *known : item);
    }
    return Value{std::move(out)};
}

std::string host_of(const std::string& url) {
    const auto parts = split_url(url);
    return parts ? parts->host : url;
}

Result<Value> stream_with_secrets(
    const Value& edited, const CameraConfig& camera, const std::string& path
) {
    const Value* role = edited.find("role");
    const bool is_sub = role != nullptr && role->as_text() != nullptr && *role->as_text() == "sub";
    const StreamConfig* stored = find_stream(camera, is_sub ? StreamRole::Sub : StreamRole::Main);
    const Value::Map* map = edited.as_map();
    if (map == nullptr) {
        return edited;
    }
    static const StreamConfig unknown;
    const StreamConfig& known = stored != nullptr ? *stored : unknown;
    const Value* url = edited.find("url");
    const bool stays_put = url != nullptr && url->as_text() != nullptr &&
                           host_of(*url->as_text()) == host_of(known.url);
    Value::Map out;
    for (const auto& [key, item] : *map) {
        if (key == "url" && item.as_text() != nullptr) {
            BONGSU_ASSIGN(
                std::string whole, with_login_of(*item.as_text(), known.url, path + ".url")
            );
            out.emplace_back(key, std::move(whole));
        } else if (key == "settings") {
            BONGSU_ASSIGN(
                Value whole, with_stored(item, known.settings, stays_put, path + ".settings")
            );
            out.emplace_back(key, std::move(whole));
        } else {
            out.emplace_back(key, item);
        }
    }
    return Value{std::move(out)};
}

Result<Value> streams_with_secrets(const Value& edited, const CameraConfig& stored) {
    const Value::List* list = edited.as_list();
    if (list == nullptr) {
        return edited;
    }
    Value::List out;
    for (std::size_t i = 0; i < list->size(); ++i) {
        BONGSU_ASSIGN(
            Value stream,
            stream_with_secrets((*list)[i], stored, "streams[" + std::to_string(i) + "]")
        );
        out.push_back(std::move(stream));
    }
    return Value{std::move(out)};
}

Value to_value(const std::optional<OnvifConfig>& onvif) {
    if (!onvif) {
        return {};
    }
    return Value::Map{
        {"address", onvif->address},
        {"user", onvif->user},
        {"password", onvif->password},
        {"events", onvif->has_events},
        {"ptz", onvif->has_ptz},
    };
}

/// An ONVIF password stays with the address that it was given for.
bool has_same_address(const Value& edited, const std::optional<OnvifConfig>& stored) {
    const Value* address = edited.find("address");
    return address != nullptr && stored && *address == Value(stored->address);
}

}  // namespace

Value to_value(const CameraConfig& camera, Secrets secrets) {
    Value::List streams;
    for (const StreamConfig& stream : camera.streams) {
        streams.push_back(to_value(stream, secrets));
    }
    const bool is_shown = secrets == Secrets::Kept;
    return Value::Map{
        {"id", camera.id.value()},
        {"name", camera.name},
        {"organisation", camera.organisation.value()},
        {"groups", ids(camera.groups)},
        {"tags", words(camera.tags)},
        {"place", to_value(camera.place)},
        {"streams", std::move(streams)},
        {"record", camera.is_recorded},
        {"analyse", camera.is_analysed},
        {"keep_for", to_seconds(camera.keep_for)},
        {"keep_bytes", camera.keep_bytes},
        {"zones", values(camera.zones)},
        {"masks", to_list(camera.masks)},
        {"private_masks", to_list(camera.private_masks)},
        {"rules", values(camera.rules)},
        {"onvif", is_shown ? to_value(camera.onvif) : with_secrets_hidden(to_value(camera.onvif))},
        {"note", camera.note},
    };
}

Result<Value> with_secrets_of(const Value& edited, const CameraConfig& stored) {
    const Value::Map* map = edited.as_map();
    if (map == nullptr) {
        return edited;
    }
    Value::Map out;
    for (const auto& [key, item] : *map) {
        Value whole = item;
        if (key == "streams") {
            BONGSU_ASSIGN(whole, streams_with_secrets(item, stored));
        } else if ((key == "url" || key == "sub_url") && item.as_text() != nullptr) {
            const auto role = key == "url" ? StreamRole::Main : StreamRole::Sub;
            const StreamConfig* known = find_stream(stored, role);
            BONGSU_ASSIGN(
                whole, with_login_of(*item.as_text(), known != nullptr ? known->url : "", key)
            );
        } else if (key == "onvif") {
            BONGSU_ASSIGN(
                whole,
                with_stored(
                    item, to_value(stored.onvif), has_same_address(item, stored.onvif), "onvif"
                )
            );
        }
        out.emplace_back(key, std::move(whole));
    }
    return Value{std::move(out)};
}

}  // namespace bongsu
