#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::identity {

/// Everything that a person or a program may be allowed to do. The names in `right_table()` are
/// part of the interface and of stored API tokens: they are added to, never renamed.
enum class Right : std::uint8_t {
    UseAccount,           ///< own session, password, second factor: everyone who is signed in
    ViewCameras,          ///< that a camera exists, its name, place and state
    ViewLive,             ///< current pictures, the wall
    ViewSetupStill,       ///< single stills, for drawing zones and masks
    PlayBack,             ///< recorded pictures, the timeline
    MovePtz,              ///< turn and zoom
    Export,               ///< take recorded pictures out of the system
    Search,               ///< motion search, search for people and vehicles
    ViewIncidents,        ///< the queue with snapshots and clips, history
    HandleIncidents,      ///< states, verdicts, notes, reviewed marks
    AssignIncidents,      ///< give incidents to others
    MergeIncidents,       ///< join incidents that are one
    ConfigureCameras,     ///< add, change and remove cameras, groups, undo
    ConfigureRules,       ///< zones, rules, schedules
    ConfigureMasks,       ///< privacy masks
    ReplayRules,          ///< run rules over stored tracks again
    ConfigureSystem,      ///< settings of the installation
    ViewHealth,           ///< bit rates, faults, storage
    ViewReports,          ///< figures without pictures
    ViewSupervision,      ///< load and answer times of operators, coverage, shift report
    ViewUsers,            ///< names of users and organisations
    ManageUsers,          ///< accounts, grants, resets, others' sessions and tokens
    ManageOrganisations,  ///< organisations
    ManageTokens,         ///< own API tokens
    MakeRequests,         ///< ask for pictures or searches
    ApproveRequests,      ///< decide about such requests
    ViewAudit,            ///< read the audit log
    VerifyAudit,          ///< check its chain and signatures
    Unmask,               ///< see what privacy masks hide, live and recorded
};

inline constexpr std::size_t kRights = 29;

/// What a right asks of the purpose of an access.
enum class PurposeNeed : std::uint8_t {
    None,    ///< no purpose is asked for
    Any,     ///< any purpose, routine monitoring too
    Reason,  ///< a reason beyond routine monitoring: incident, request, maintenance or training
};

struct RightInfo {
    Right right;
    std::string_view name;  ///< "view_live"
    PurposeNeed purpose;
};

/// The one table of rights, in the order of the enumeration.
const std::array<RightInfo, kRights>& right_table();

const RightInfo& info_of(Right right);
std::string_view to_string(Right right);
std::optional<Right> parse_right(std::string_view name);

/// A set of rights in one word.
class RightSet {
public:
    constexpr RightSet() = default;

    template <class... R>
    constexpr explicit RightSet(Right first, R... more) {
        add(first);
        (add(more), ...);
    }

    static RightSet all();

    constexpr void add(Right right) { bits_ |= bit(right); }

    constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }

    constexpr bool empty() const { return bits_ == 0; }

    constexpr RightSet operator|(RightSet other) const { return RightSet(bits_ | other.bits_); }

    constexpr RightSet operator&(RightSet other) const { return RightSet(bits_ & other.bits_); }

    constexpr bool operator==(const RightSet&) const = default;

private:
    constexpr explicit RightSet(std::uint64_t bits) : bits_(bits) {}

    static constexpr std::uint64_t bit(Right right) {
        return std::uint64_t{1} << static_cast<unsigned>(right);
    }

    std::uint64_t bits_ = 0;
};

/// Names of the rights in the set, in the order of the table.
std::vector<std::string> names_of(RightSet rights);

}  // namespace bongsu::identity
