#include "app/reference_docs.hpp"

#include <array>
#include <cstdio>

namespace bongsu::app {
namespace {

std::string number_text(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.12g", value);
    return text.data();
}

std::string value_text(const Value& value) {
    if (const bool* flag = value.as_bool()) {
        return *flag ? "true" : "false";
    }
    if (const auto* whole = value.as_integer()) {
        return std::to_string(*whole);
    }
    if (const auto* number = value.as_double()) {
        return number_text(*number);
    }
    if (const auto* text = value.as_text()) {
        return text->empty() ? "\"\"" : *text;
    }
    if (const auto* list = value.as_list()) {
        std::string out;
        for (const Value& item : *list) {
            out += (out.empty() ? "" : ", ") + value_text(item);
        }
        return "[" + out + "]";
    }
    return "";
}

/// `|` would end a table cell.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    }
    return out;
}

std::string default_text(const FieldSpec& field) {
    if (!field.fallback.is_null()) {
        return "`" + value_text(field.fallback) + "`";
    }
    return field.is_optional ? "none" : "**required**";
}

std::string range_text(const FieldSpec& field) {
    if (!field.choices.empty()) {
        std::string out;
        for (const std::string& choice : field.choices) {
            out += (out.empty() ? "`" : ", `") + choice + "`";
        }
        return out;
    }
    if (!field.min && !field.max) {
        return "";
    }
    return (field.min ? number_text(*field.min) : "any") + " to " +
           (field.max ? number_text(*field.max) : "any");
}

std::string_view kind_text(MetricKind kind) {
    switch (kind) {
        case MetricKind::Counter:
            return "counter";
        case MetricKind::Gauge:
            return "gauge";
        case MetricKind::Histogram:
            return "histogram";
    }
    return "";
}

}  // namespace

std::string config_reference(const std::vector<SettingsSection>& sections) {
    std::string out =
        "# Configuration reference\n\n"
        "Written by `./dev docs` from the tables that the program itself checks settings against. "
        "Times may be written as `500ms`, `10s`, `5m`, `2h`, `30d`, sizes as `512MB`, `2TB`, "
        "`1GiB`. "
        "`${NAME}` and `${NAME:default}` are replaced from the environment.\n";
    for (const SettingsSection& section : sections) {
        out += "\n## " + section.title + "\n\n" + section.intro + "\n\n";
        out += "| setting | type | default | range | unit | meaning |\n|---|---|---|---|---|---|\n";
        for (const FieldSpec& field : section.schema->fields()) {
            out += "| `" + field.name + "` | " + std::string(to_string(field.type)) + " | " +
                   cell(default_text(field)) + " | " + cell(range_text(field)) + " | " +
                   field.unit + " | " + cell(field.help) + " |\n";
        }
    }
    return out;
}

std::string metrics_reference(const std::vector<MetricsSection>& sections) {
    std::string out =
        "# Metrics reference\n\n"
        "Written by `./dev docs` from the tables that the program registers its metrics from. "
        "They are served at `/metrics` on the monitor's port in the Prometheus text format.\n";
    for (const MetricsSection& section : sections) {
        out +=
            "\n## " + section.title + "\n\n| metric | kind | unit | meaning |\n|---|---|---|---|\n";
        for (const MetricDesc& metric : section.metrics) {
            out += "| `" + std::string(metric.name) + "` | " + std::string(kind_text(metric.kind)) +
                   " | " + std::string(metric.unit) + " | " + cell(std::string(metric.help)) +
                   " |\n";
        }
    }
    return out;
}

}  // namespace bongsu::app
