#include "net/http.hpp"

#include "net/http_text.hpp"

#include <algorithm>

namespace bongsu::net {

const std::string* find_field(const HttpFields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &HttpFields::value_type::first);
    return found == fields.end() ? nullptr : &found->second;
}

bool wants_websocket(const HttpRequest& request) {
    const std::string* upgrade = request.header("upgrade");
    const std::string* connection = request.header("connection");
    return upgrade != nullptr && connection != nullptr && list_holds(*upgrade, "websocket") &&
           list_holds(*connection, "upgrade");
}

}  // namespace bongsu::net
