#pragma once

#include <string>
#include <vector>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

/// "column IN (...)" over a list that is bound as one parameter, so that ten thousand values are as
/// quick to prepare as one. Bind `to_list` to `parameter`.
std::string in_list(
    const soci::session& session, const std::string& column, const std::string& parameter
);

/// The values as one text (a JSON array). A value with a zero byte cannot be stored and is left
/// out.
std::string to_list(const std::vector<std::string>& values);

/// The texts of strong identifiers.
template <class Id>
std::vector<std::string> texts_of(const std::vector<Id>& ids) {
    std::vector<std::string> texts;
    texts.reserve(ids.size());
    for (const Id& id : ids) {
        texts.push_back(id.value());
    }
    return texts;
}

}  // namespace bongsu::store
