#pragma once

#include <string>
#include <string_view>

namespace bongsu::net {

/// A header name or method (RFC 9110 5.6.2): not empty, letters, digits and !#$%&'*+-.^_`|~ only.
bool is_token(std::string_view text);

/// Whether the text may stand in a header's value: UTF-8 without control characters but tab.
bool is_field_value(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

std::string lower_case(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Whether a comma-separated list holds the word, in whatever case: "keep-alive, Upgrade".
bool list_holds(std::string_view list, std::string_view word);

/// Cuts off what stands before the separator and returns it; the whole rest when there is none.
std::string_view cut_at(std::string_view& rest, char separator);

/// Text as it may stand inside a JSON string, without the quotes.
std::string json_escaped(std::string_view text);

}  // namespace bongsu::net
