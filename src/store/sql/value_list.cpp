#include "store/sql/value_list.hpp"

#include "core/json.hpp"

#include <soci/soci.h>

namespace bongsu::store {

std::string in_list(
    const soci::session& session, const std::string& column, const std::string& parameter
) {
    const bool is_sqlite = session.get_backend_name() == "sqlite3";
    const std::string values =
        is_sqlite ? "SELECT value FROM json_each(:" + parameter + ")"
                  : "SELECT json_array_elements_text(CAST(:" + parameter + " AS json))";
    return column + " IN (" + values + ")";
}

std::string to_list(const std::vector<std::string>& values) {
    Value::List list;
    list.reserve(values.size());
    for (const std::string& value : values) {
        if (!value.contains('\0')) {
            list.emplace_back(value);
        }
    }
    return to_json(list);
}

}  // namespace bongsu::store
