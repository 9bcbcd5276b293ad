#include "fleet/form_patch.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace bongsu::fleet {
namespace {

std::optional<double> as_number(const Value& value) {
    if (const std::int64_t* whole = value.as_integer()) {
        return static_cast<double>(*whole);
    }
    const double* number = value.as_double();
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

bool is_same(const Value& a, const Value& b) {
    const auto left = as_number(a);
    const auto right = as_number(b);
    return left && right ? *left == *right : a == b;
}

bool holds_maps(const Value& value) {
    const Value::List* list = value.as_list();
    return list != nullptr &&
           std::ranges::all_of(*list, [](const Value& item) { return item.as_map() != nullptr; });
}

void compare(
    const Value& before, const Value& after, const std::string& path, std::vector<FormChange>& out
);

void compare_maps(
    const Value& before, const Value& after, const std::string& path, std::vector<FormChange>& out
) {
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const auto& [key, item] : *before.as_map()) {
        const Value* other = after.find(key);
        compare(item, other != nullptr ? *other : Value{}, prefix + key, out);
    }
    for (const auto& [key, item] : *after.as_map()) {
        if (before.find(key) == nullptr) {
            compare({}, item, prefix + key, out);
        }
    }
}

void compare_lists(
    const Value::List& before,
    const Value::List& after,
    const std::string& path,
    std::vector<FormChange>& out
) {
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        compare(
            i < before.size() ? before[i] : Value{},
            i < after.size() ? after[i] : Value{},
            path + "[" + std::to_string(i) + "]",
            out
        );
    }
}

void compare(
    const Value& before, const Value& after, const std::string& path, std::vector<FormChange>& out
) {
    if (is_same(before, after)) {
        return;
    }
    if (before.as_map() != nullptr && after.as_map() != nullptr) {
        compare_maps(before, after, path, out);
    } else if (holds_maps(before) && holds_maps(after)) {
        compare_lists(*before.as_list(), *after.as_list(), path, out);
    } else {
        out.push_back({path, before, after});
    }
}

}  // namespace

Value patched(const Value& form, const Value& patch) {
    const Value::Map* changes = patch.as_map();
    if (changes == nullptr) {
        return patch;
    }
    Value::Map out = form.as_map() != nullptr ? *form.as_map() : Value::Map{};
    for (const auto& [key, change] : *changes) {
        const auto at = std::ranges::find(out, key, &Value::Map::value_type::first);
        if (change.is_null()) {
            if (at != out.end()) {
                out.erase(at);
            }
        } else if (at != out.end()) {
            at->second = patched(at->second, change);
        } else {
            out.emplace_back(key, patched({}, change));
        }
    }
    return out;
}

Value with_fields_of(const Value& form, const Value& fields) {
    const Value* given = fields.find("streams");
    const Value* stored = form.find("streams");
    const Value merged = patched(form, fields);
    if (fields.find("url") != nullptr) {
        return patched(merged, Value::Map{{"streams", {}}});
    }
    if (given == nullptr || given->as_list() == nullptr || stored == nullptr ||
        stored->as_list() == nullptr) {
        return merged;
    }
    Value::List streams = *stored->as_list();
    for (const Value& stream : *given->as_list()) {
        const auto has_same_role = [&](const Value& other) {
            const Value* a = stream.find("role");
            const Value* b = other.find("role");
            return a != nullptr && b != nullptr && *a == *b;
        };
        const auto at = std::ranges::find_if(streams, has_same_role);
        if (at != streams.end()) {
            *at = patched(*at, stream);
        } else {
            streams.push_back(stream);
        }
    }
    return patched(merged, Value::Map{{"streams", std::move(streams)}});
}

std::vector<FormChange> changes_between(const Value& before, const Value& after) {
    std::vector<FormChange> out;
    compare(before, after, "", out);
    return out;
}

}  // namespace bongsu::fleet
