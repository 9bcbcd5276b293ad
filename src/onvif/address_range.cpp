#include "onvif/address_range.hpp"

#include "onvif/xml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace bongsu::onvif {

namespace {

std::optional<std::uint32_t> whole(std::string_view text, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > most) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint32_t> address_of(std::string_view text) {
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = text.find('.');
        if ((dot == std::string_view::npos) != (part == 3)) {
            return std::nullopt;
        }
        const auto value = whole(text.substr(0, dot), 255);
        if (!value) {
            return std::nullopt;
        }
        address = address << 8 | *value;
        text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
    }
    return address;
}

std::unexpected<Error> wrong(std::string_view text) {
    return fail(
        ErrorKind::InvalidArgument,
        "scan_range_wrong"_code,
        "'" + std::string(text.substr(0, 80)) +
            "' is no address range; write 10.1.2.0/24, 10.1.2.1-10.1.2.40, 10.1.2.3, [fd00::1] or "
            "a name such as gate.city.kr"
    );
}

Result<AddressRange> network(
    std::string_view text, std::size_t slash, std::string_view whole_text
) {
    const auto address = address_of(text.substr(0, slash));
    const auto bits = whole(text.substr(slash + 1), 32);
    if (!address || !bits || *bits == 0) {
        return wrong(whole_text);
    }
    const std::uint32_t host_mask = *bits == 32 ? 0 : 0xFFFFFFFFU >> *bits;
    AddressRange range{.first = *address & ~host_mask, .last = *address | host_mask};
    if (*bits <= 30) {
        ++range.first;
        --range.last;
    }
    return range;
}

Result<AddressRange> span(std::string_view text, std::size_t dash, std::string_view whole_text) {
    const auto first = address_of(text.substr(0, dash));
    const std::string_view end = text.substr(dash + 1);
    auto last = address_of(end);
    if (const auto ending = whole(end, 255); first && ending) {
        last = (*first & 0xFFFFFF00U) | *ending;
    }
    if (!first || !last || *last < *first) {
        return wrong(whole_text);
    }
    return AddressRange{.first = *first, .last = *last};
}

bool is_v6(std::string_view text) {
    in6_addr binary{};
    return text.contains(':') && ::inet_pton(AF_INET6, std::string(text).c_str(), &binary) == 1;
}

/// A name as DNS has it, with a last label that is no number: a mistyped range is none.
bool is_name(std::string_view text) {
    constexpr std::size_t kLongestName = 253;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const bool has_good_letters = std::ranges::all_of(text, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    const std::size_t last = text.rfind('.') + 1;  // 0 when there is no dot
    return has_good_letters && text.size() <= kLongestName && last < text.size() &&
           is_letter(text[last]) && text.front() != '.' && text.front() != '-';
}

AddressRange one_host(std::string_view host, std::uint16_t port) {
    return {.first = 0, .last = 0, .port = port, .host = std::string(host)};
}

}  // namespace

std::string AddressRange::at(std::size_t index) const {
    if (!host.empty()) {
        return host;
    }
    const auto address = static_cast<std::uint32_t>(first + index);
    std::string text;
    for (const int shift : {24, 16, 8, 0}) {
        text += (text.empty() ? "" : ".") + std::to_string(address >> shift & 0xFFU);
    }
    return text;
}

Result<AddressRange> parse_range(std::string_view text) {
    const std::string_view whole_text = trimmed(text);
    if (is_v6(whole_text)) {
        return one_host(whole_text, 0);
    }
    std::string_view rest = whole_text;
    std::uint16_t port = 0;
    const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
    if (const std::size_t colon = rest.find(':', bracket); colon != std::string_view::npos) {
        const auto number = whole(rest.substr(colon + 1), 65535);
        if (!number || *number == 0) {
            return wrong(whole_text);
        }
        port = static_cast<std::uint16_t>(*number);
        rest = rest.substr(0, colon);
    }
    if (rest.starts_with('[') && rest.ends_with(']') && is_v6(rest.substr(1, rest.size() - 2))) {
        return one_host(rest.substr(1, rest.size() - 2), port);
    }
    if (is_name(rest)) {
        return one_host(rest, port);
    }
    const std::size_t slash = rest.find('/');
    const std::size_t dash = rest.find('-');
    Result<AddressRange> range;
    if (slash != std::string_view::npos) {
        range = network(rest, slash, whole_text);
    } else if (dash != std::string_view::npos) {
        range = span(rest, dash, whole_text);
    } else if (const auto single = address_of(rest)) {
        range = AddressRange{.first = *single, .last = *single};
    } else {
        return wrong(whole_text);
    }
    if (!range) {
        return range;
    }
    if (range->count() > kMostAddresses) {
        return fail(
            ErrorKind::InvalidArgument,
            "scan_range_large"_code,
            "'" + std::string(whole_text.substr(0, 80)) + "' holds " +
                std::to_string(range->count()) + " addresses; scan at most " +
                std::to_string(kMostAddresses) + " at once, such as a /20"
        );
    }
    range->port = port;
    return range;
}

}  // namespace bongsu::onvif
