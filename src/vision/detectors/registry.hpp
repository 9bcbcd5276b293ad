#pragma once

#include "core/result.hpp"
#include "vision/network.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::detectors {

/// What a network is made from.
struct NetworkOptions {
    std::filesystem::path models;    ///< folder of installed models
    std::string precision = "int8";  ///< "int8" or "fp32"
};

struct Registration {
    std::string name;
    std::string help;  ///< one sentence
    std::function<Result<std::unique_ptr<vision::Network>>(const NetworkOptions&)> make;
};

/// The networks that this program was built with. Filled once at start by register_all.
class Registry {
public:
    void add(Registration registration);
    /// Null when there is none of that name.
    const Registration* find(std::string_view name) const;
    std::vector<std::string> names() const;

private:
    std::map<std::string, Registration, std::less<>> registrations_;
};

/// Generated from the list in src/vision/CMakeLists.txt.
void register_all(Registry& registry);

}  // namespace bongsu::detectors
