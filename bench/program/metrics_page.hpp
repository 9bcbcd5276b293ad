#pragma once

#include "core/result.hpp"
#include "net/http_client.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>

namespace bongsu::bench {

/// Values by metric name with labels, as /metrics writes them.
using MetricValues = std::map<std::string, double>;

/// Asks a node on this machine; Unavailable or Timeout while it does not answer.
inline Result<MetricValues> read_metrics(std::uint16_t monitor_port) {
    net::HttpCall call;
    call.url = "http://127.0.0.1:" + std::to_string(monitor_port) + "/metrics";
    BONGSU_ASSIGN(const net::HttpResponse answer, net::http_call(call));
    MetricValues values;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.rfind(' ');
        if (!line.starts_with("#") && space != std::string::npos) {
            values[line.substr(0, space)] = std::strtod(line.c_str() + space, nullptr);
        }
    }
    return values;
}

/// The metric with these labels; 0 when there is none.
inline double value_of(const MetricValues& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? 0 : found->second;
}

/// The metric over all its label sets; 0 when there is none.
inline double sum_of(const MetricValues& values, const std::string& name) {
    double sum = 0;
    for (auto each = values.lower_bound(name);
         each != values.end() && each->first.starts_with(name);
         ++each) {
        const bool is_it = each->first.size() == name.size() || each->first[name.size()] == '{';
        sum += is_it ? each->second : 0;
    }
    return sum;
}

}  // namespace bongsu::bench
