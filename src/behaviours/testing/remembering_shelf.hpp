#pragma once

#include "behaviours/memory_shelf.hpp"

#include <map>
#include <string>

namespace bongsu::behaviours::testing {

/// A shelf in memory, for one thread.
class RememberingShelf final : public MemoryShelf {
public:
    Result<std::string> find(const std::string& name) override {
        const auto found = all.find(name);
        if (found == all.end()) {
            return fail(ErrorKind::NotFound, "nothing is kept under " + name);
        }
        return found->second;
    }

    Status keep(const std::string& name, std::string_view memory) override {
        all[name] = memory;
        return {};
    }

    std::map<std::string, std::string> all;
};

}  // namespace bongsu::behaviours::testing
