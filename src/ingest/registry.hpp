#pragma once

#include "core/result.hpp"
#include "core/settings.hpp"
#include "ingest/source.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::ingest {

/// Makes and starts a source. Fails when the URL is of no use.
using SourceFactory =
    std::function<Result<std::unique_ptr<Source>>(SourceParams, SourceListener&, SourceContext&)>;

/// Everything that the rest of the system knows about a kind of source.
struct Registration {
    std::string name;  ///< the word in StreamConfig::source
    std::string help;
    SettingsSchema schema;
    SourceFactory make;
};

/// The kinds of sources that streams may name. Filled once at start, then read only.
class Registry {
public:
    /// Aborts on a name registered twice: that is a mistake of the program.
    void add(Registration registration);

    /// InvalidArgument, naming the nearest kind, when there is none of this name.
    Result<const Registration*> find(std::string_view name) const;

    const std::map<std::string, Registration, std::less<>>& all() const { return registrations_; }

private:
    std::map<std::string, Registration, std::less<>> registrations_;
};

/// Adds every source of this program. Generated from the word list in CMakeLists.txt.
void register_all(Registry& registry);

}  // namespace bongsu::ingest
