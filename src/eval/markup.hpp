#pragma once

#include <string>
#include <string_view>

namespace bongsu::eval {

/// The text with the characters replaced that mean something in HTML and XML.
std::string escaped(std::string_view text);

}  // namespace bongsu::eval
