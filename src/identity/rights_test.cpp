#include "identity/rights.hpp"

#include "identity/roles.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

TEST(Rights, TableFollowsTheEnumerationAndNamesAreUnique) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kRights; ++i) {
        const RightInfo& info = right_table().at(i);
        EXPECT_EQ(static_cast<std::size_t>(info.right), i);
        EXPECT_EQ(parse_right(info.name), info.right);
        names.insert(info.name);
    }
    EXPECT_EQ(names.size(), kRights);
    EXPECT_EQ(parse_right("fly"), std::nullopt);
}

TEST(Roles, TableFollowsTheEnumeration) {
    for (std::size_t i = 0; i < kRoles; ++i) {
        EXPECT_EQ(static_cast<std::size_t>(role_table().at(i).role), i);
        EXPECT_EQ(parse_role(role_table().at(i).name), role_table().at(i).role);
    }
}

TEST(Roles, EveryRightIsHeldBySomebody) {
    RightSet held;
    for (const RoleInfo& info : role_table()) {
        held = held | info.rights;
    }
    EXPECT_EQ(held, RightSet::all());
}

TEST(Roles, DutiesAreKeptApart) {
    const RightSet video(Right::ViewLive, Right::PlayBack, Right::Export, Right::Search);
    const RightSet log(Right::ViewAudit, Right::VerifyAudit);
    const RightSet managing(Right::ManageUsers, Right::ManageOrganisations, Right::ConfigureSystem);
    for (const RoleInfo& info : role_table()) {
        const bool sees_video = !(info.rights & video).empty();
        const bool reads_log = !(info.rights & log).empty();
        const bool manages = !(info.rights & managing).empty();
        EXPECT_LE(int{sees_video} + int{reads_log} + int{manages}, 1) << info.name;
        EXPECT_FALSE(sees_video && info.rights.has(Right::ApproveRequests)) << info.name;
    }
}

}  // namespace
}  // namespace bongsu::identity
