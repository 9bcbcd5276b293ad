#include "identity/rights.hpp"

#include <algorithm>

namespace bongsu::identity {

const std::array<RightInfo, kRights>& right_table() {
    using enum PurposeNeed;
    static constexpr std::array<RightInfo, kRights> kTable{{
        {Right::UseAccount, "self", None},
        {Right::ViewCameras, "view_cameras", None},
        {Right::ViewLive, "view_live", Any},
        {Right::ViewSetupStill, "view_setup_still", Any},
        {Right::PlayBack, "play_back", Reason},
        {Right::MovePtz, "move_ptz", Reason},
        {Right::Export, "export", Reason},
        {Right::Search, "search", Reason},
        {Right::ViewIncidents, "view_incidents", None},
        {Right::HandleIncidents, "handle_incidents", None},
        {Right::AssignIncidents, "assign_incidents", None},
        {Right::MergeIncidents, "merge_incidents", None},
        {Right::ConfigureCameras, "configure_cameras", None},
        {Right::ConfigureRules, "configure_rules", None},
        {Right::ConfigureMasks, "configure_masks", None},
        {Right::ReplayRules, "replay_rules", None},
        {Right::ConfigureSystem, "configure_system", None},
        {Right::ViewHealth, "view_health", None},
        {Right::ViewReports, "view_reports", None},
        {Right::ViewSupervision, "view_supervision", None},
        {Right::ViewUsers, "view_users", None},
        {Right::ManageUsers, "manage_users", None},
        {Right::ManageOrganisations, "manage_organisations", None},
        {Right::ManageTokens, "manage_tokens", None},
        {Right::MakeRequests, "make_requests", None},
        {Right::ApproveRequests, "approve_requests", None},
        {Right::ViewAudit, "view_audit", None},
        {Right::VerifyAudit, "verify_audit", None},
        {Right::Unmask, "unmask", Reason},
    }};
    return kTable;
}

const RightInfo& info_of(Right right) {
    return right_table().at(static_cast<std::size_t>(right));
}

std::string_view to_string(Right right) {
    return info_of(right).name;
}

std::optional<Right> parse_right(std::string_view name) {
    const auto found = std::ranges::find(right_table(), name, &RightInfo::name);
    return found == right_table().end() ? std::nullopt : std::optional(found->right);
}

RightSet RightSet::all() {
    RightSet set;
    for (const RightInfo& info : right_table()) {
        set.add(info.right);
    }
    return set;
}

std::vector<std::string> names_of(RightSet rights) {
    std::vector<std::string> names;
    for (const RightInfo& info : right_table()) {
        if (rights.has(info.right)) {
            names.emplace_back(info.name);
        }
    }
    return names;
}

}  // namespace bongsu::identity
