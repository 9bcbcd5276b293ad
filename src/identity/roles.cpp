#include "identity/roles.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

using enum Right;

constexpr RightSet kWatching{
    UseAccount,
    ViewCameras,
    ViewLive,
    ViewSetupStill,
    PlayBack,
    MovePtz,
    Search,
    ViewIncidents,
    HandleIncidents,
    MergeIncidents,
    ViewHealth,
};

constexpr RightSet kLeading{
    Export,
    AssignIncidents,
    ConfigureRules,
    ConfigureMasks,
    ReplayRules,
    ViewReports,
    ViewSupervision,
    ViewUsers,
    ManageTokens,
    MakeRequests,
};

constexpr RightSet kAdministering{
    UseAccount,
    ViewCameras,
    ViewSetupStill,
    ConfigureCameras,
    ConfigureRules,
    ConfigureMasks,
    ReplayRules,
    ConfigureSystem,
    ViewHealth,
    ViewUsers,
    ManageUsers,
    ManageOrganisations,
    ManageTokens,
};

}  // namespace

const std::array<RoleInfo, kRoles>& role_table() {
    static constexpr std::array<RoleInfo, kRoles> kTable{{
        {Role::Operator, "operator", kWatching},
        {Role::Supervisor, "supervisor", kWatching | kLeading},
        {Role::Administrator, "administrator", kAdministering},
        {Role::Agency,
         "agency",
         RightSet(
             UseAccount,
             ViewCameras,
             ViewLive,
             ViewSetupStill,
             PlayBack,
             ViewIncidents,
             MakeRequests,
             Unmask
         )},
        {Role::Officer,
         "officer",
         RightSet(UseAccount, ViewCameras, ViewLive, PlayBack, Search, ViewIncidents, MakeRequests)
        },
        {Role::Planner, "planner", RightSet(UseAccount, ViewCameras, ViewReports, ManageTokens)},
        {Role::Researcher, "researcher", RightSet(UseAccount, ViewReports, ManageTokens)},
        {Role::PrivacyOfficer,
         "privacy_officer",
         RightSet(
             UseAccount,
             ViewCameras,
             ViewReports,
             ViewUsers,
             ApproveRequests,
             ViewAudit,
             VerifyAudit
         )},
        {Role::Auditor, "auditor", RightSet(UseAccount, ViewUsers, ViewAudit, VerifyAudit)},
    }};
    return kTable;
}

RightSet rights_of(Role role) {
    return role_table().at(static_cast<std::size_t>(role)).rights;
}

std::string_view to_string(Role role) {
    return role_table().at(static_cast<std::size_t>(role)).name;
}

std::optional<Role> parse_role(std::string_view name) {
    const auto found = std::ranges::find(role_table(), name, &RoleInfo::name);
    return found == role_table().end() ? std::nullopt : std::optional(found->role);
}

}  // namespace bongsu::identity
