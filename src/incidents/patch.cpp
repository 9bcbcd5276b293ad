#include "incidents/suggestions.hpp"

#include <algorithm>
#include <charconv>

namespace bongsu::incidents {
namespace {

std::unexpected<Error> no_such_place(const std::string& path) {
    return fail(
        ErrorKind::FailedPrecondition,
        "suggestion_stale"_code,
        "the configuration has no place '" + path + "' any more; ask for the suggestion again"
    );
}

std::optional<std::size_t> index_of(std::string_view token, std::size_t size) {
    std::size_t index = 0;
    const char* const end = token.data() + token.size();
    const auto [at, error] = std::from_chars(token.data(), end, index);
    return error == std::errc{} && at == end && index < size ? std::optional(index) : std::nullopt;
}

Result<Value> add_at(
    const Value& node, std::string_view rest, const Value& value, const std::string& path
);

Result<Value> add_in_map(
    Value::Map map,
    const std::string& key,
    std::string_view rest,
    const Value& value,
    const std::string& path
) {
    const auto found = std::ranges::find(map, key, &std::pair<std::string, Value>::first);
    if (found == map.end()) {
        if (!rest.empty()) {
            return no_such_place(path);
        }
        map.emplace_back(key, value);
        return Value(std::move(map));
    }
    BONGSU_ASSIGN(found->second, add_at(found->second, rest, value, path));
    return Value(std::move(map));
}

Result<Value> add_in_list(
    Value::List list,
    const std::string& token,
    std::string_view rest,
    const Value& value,
    const std::string& path
) {
    if (token == "-" && rest.empty()) {
        list.push_back(value);
        return Value(std::move(list));
    }
    const auto index = index_of(token, list.size());
    if (!index || rest.empty()) {
        return no_such_place(path);
    }
    BONGSU_ASSIGN(list[*index], add_at(list[*index], rest, value, path));
    return Value(std::move(list));
}

/// `rest` is empty at the place itself, else begins with "/".
Result<Value> add_at(
    const Value& node, std::string_view rest, const Value& value, const std::string& path
) {
    if (rest.empty()) {
        return value;
    }
    const std::size_t end = std::min(rest.find('/', 1), rest.size());
    const std::string token(rest.substr(1, end - 1));
    rest.remove_prefix(end);
    if (const Value::Map* map = node.as_map()) {
        return add_in_map(*map, token, rest, value, path);
    }
    if (const Value::List* list = node.as_list()) {
        return add_in_list(*list, token, rest, value, path);
    }
    return no_such_place(path);
}

const std::string* text_in(const Value& operation, std::string_view name) {
    const Value* member = operation.find(name);
    return member != nullptr ? member->as_text() : nullptr;
}

}  // namespace

Result<Value> apply_patch(const Value& form, const Value& patch) {
    if (patch.as_list() == nullptr) {
        return fail(ErrorKind::InvalidArgument, "a patch is a list of operations");
    }
    Value changed = form;
    for (const Value& operation : *patch.as_list()) {
        const std::string* op = text_in(operation, "op");
        const std::string* path = text_in(operation, "path");
        const Value* value = operation.find("value");
        const bool is_add = op != nullptr && *op == "add" && path != nullptr && value != nullptr &&
                            path->starts_with('/');
        if (!is_add) {
            return fail(
                ErrorKind::InvalidArgument, "only {op: add, path, value} can be carried out"
            );
        }
        BONGSU_ASSIGN(changed, add_at(changed, *path, *value, *path));
    }
    return changed;
}

}  // namespace bongsu::incidents
