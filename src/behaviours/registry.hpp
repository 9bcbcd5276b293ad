#pragma once

#include "behaviours/behaviour.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "domain/zone.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// What kind of zone a rule of this behaviour is drawn on.
enum class Scope {
    Area,          ///< areas; without any, the whole picture
    Line,          ///< directed lines; at least one
    WholePicture,  ///< no zones at all
};
std::string_view to_string(Scope scope);

/// What the pipeline must deliver for a behaviour to work.
struct Needs {
    bool tracks = false;
    bool view_quality = false;
    bool signal = false;
};

/// What a behaviour is made from: zones of the right kind and settings that passed its schema.
struct RuleContext {
    std::vector<Zone> zones;
    Settings settings;
    std::string path;  ///< names the rule in errors, such as "cameras.gate.rules.fence"
};

using Factory = std::function<Result<std::unique_ptr<Behaviour>>(const RuleContext&)>;

/// Everything that the rest of the system knows about a behaviour: the console's forms, the
/// documents and the checks of configuration come from here.
struct Registration {
    std::string name;  ///< also the kind of its events; names of camera faults begin with "camera_"
    std::string help;  ///< one or two sentences for operators
    Scope scope = Scope::Area;
    Needs needs;
    SettingsSchema schema;
    Factory make;
};

/// The behaviours that rules may name. Filled once at start, then read only.
class Registry {
public:
    /// Aborts on a name registered twice: that is a mistake of the program.
    void add(Registration registration);

    const Registration* find(std::string_view name) const;
    std::vector<std::string> names() const;

    const std::map<std::string, Registration, std::less<>>& all() const { return registrations_; }

private:
    std::map<std::string, Registration, std::less<>> registrations_;
};

/// Adds every behaviour of this program. Generated from the word list in CMakeLists.txt.
void register_all(Registry& registry);

/// One table of settings with its title, for generated documents.
struct SchemaTable {
    std::string title;
    std::string help;
    SettingsSchema schema;
};

/// The settings of every behaviour, by name.
std::vector<SchemaTable> describe_all();

}  // namespace bongsu::behaviours
