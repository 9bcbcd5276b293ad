// Every role against every right, on subjects inside and outside of the scope, and with every kind
// of purpose. The tables below are the specification; the code must agree with each cell.
#include "identity/authorise.hpp"

#include <array>
#include <sstream>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

// Columns: operator, supervisor, administrator, agency, officer, planner, researcher,
// privacy officer, auditor. Last: how good a purpose must be.
constexpr const char* kMatrix = R"(
                      op su ad ag of pl re po au  purpose
self                  x  x  x  x  x  x  x  x  x   none
view_cameras          x  x  x  x  x  x  .  x  .   none
view_live             x  x  .  x  x  .  .  .  .   any
view_setup_still      x  x  x  x  .  .  .  .  .   any
play_back             x  x  .  x  x  .  .  .  .   reason
unmask                .  .  .  x  .  .  .  .  .   reason
move_ptz              x  x  .  .  .  .  .  .  .   reason
export                .  x  .  .  .  .  .  .  .   reason
search                x  x  .  .  x  .  .  .  .   reason
view_incidents        x  x  .  x  x  .  .  .  .   none
handle_incidents      x  x  .  .  .  .  .  .  .   none
assign_incidents      .  x  .  .  .  .  .  .  .   none
merge_incidents       x  x  .  .  .  .  .  .  .   none
configure_cameras     .  .  x  .  .  .  .  .  .   none
configure_rules       .  x  x  .  .  .  .  .  .   none
configure_masks       .  x  x  .  .  .  .  .  .   none
replay_rules          .  x  x  .  .  .  .  .  .   none
configure_system      .  .  x  .  .  .  .  .  .   none
view_health           x  x  x  .  .  .  .  .  .   none
view_reports          .  x  .  .  .  x  x  x  .   none
view_supervision      .  x  .  .  .  .  .  .  .   none
view_users            .  x  x  .  .  .  .  x  x   none
manage_users          .  .  x  .  .  .  .  .  .   none
manage_organisations  .  .  x  .  .  .  .  .  .   none
manage_tokens         .  x  x  .  .  x  x  .  .   none
make_requests         .  x  .  x  x  .  .  .  .   none
approve_requests      .  .  .  .  .  .  .  x  .   none
view_audit            .  .  .  .  .  .  .  x  x   none
verify_audit          .  .  .  .  .  .  .  x  x   none
)";

struct Cell {
    Right right;
    Role role;
    bool is_held;
    std::string need;
};

std::vector<Cell> cells() {
    std::vector<Cell> out;
    std::istringstream lines(kMatrix);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string name;
        std::array<std::string, kRoles> marks;
        std::string need;
        words >> name;
        for (std::string& mark : marks) {
            words >> mark;
        }
        words >> need;
        for (std::size_t role = 0; role < kRoles; ++role) {
            out.push_back(
                {parse_right(name).value(), static_cast<Role>(role), marks.at(role) == "x", need}
            );
        }
    }
    return out;
}

const OrganisationId kCity("city");
const OrganisationId kFire("fire");
const std::vector<GroupId> kSchools{GroupId("schools"), GroupId("north")};
const std::vector<GroupId> kParks{GroupId("parks")};

Principal holding(std::vector<Grant> grants) {
    Principal principal;
    principal.user = "kim";
    principal.organisation = kCity;
    principal.grants = std::move(grants);
    return principal;
}

Grant grant(Role role, const std::string& scope, std::vector<Purpose::Kind> purposes = {}) {
    return {role, parse_scope(scope).value(), std::move(purposes)};
}

Subject school_camera() {
    static const CameraId id("gate-1");
    return Subject::of(id, kCity, kSchools);
}

Subject park_camera_of_fire() {
    static const CameraId id("pond-1");
    return Subject::of(id, kFire, kParks);
}

constexpr std::array kPurposes{
    Purpose::Kind::None,
    Purpose::Kind::Control,
    Purpose::Kind::Incident,
    Purpose::Kind::Request,
    Purpose::Kind::Maintenance,
    Purpose::Kind::Training,
};

bool is_enough(const std::string& need, Purpose::Kind purpose) {
    if (need == "none") {
        return true;
    }
    return purpose != Purpose::Kind::None && (need == "any" || purpose != Purpose::Kind::Control);
}

TEST(Authorise, MatrixNamesEveryRightAndRole) {
    EXPECT_EQ(cells().size(), kRights * kRoles);
}

TEST(Authorise, EveryCellOfTheMatrixHoldsForEveryScopeAndPurpose) {
    const std::array<std::string, 3> covering{"*", "org:city", "group:schools"};
    const std::array<std::string, 2> elsewhere{"org:fire", "group:parks"};
    for (const Cell& cell : cells()) {
        const auto label = std::string(to_string(cell.right)) + " as " +
                           std::string(to_string(cell.role)) + " on ";
        for (const Purpose::Kind kind : kPurposes) {
            const Purpose purpose{kind, ""};
            for (const std::string& scope : covering) {
                const Principal principal = holding({grant(cell.role, scope)});
                const Verdict verdict = judge(principal, cell.right, school_camera(), purpose);
                const bool is_allowed = cell.is_held && is_enough(cell.need, kind);
                EXPECT_EQ(verdict == Verdict::Allowed, is_allowed)
                    << label << scope << " for " << to_string(kind) << ": " << to_string(verdict);
                EXPECT_EQ(
                    sees(principal, school_camera(), cell.right),
                    cell.is_held && !principal.grants.empty()
                );
            }
            for (const std::string& scope : elsewhere) {
                const Principal principal = holding({grant(cell.role, scope)});
                const Verdict verdict = judge(principal, cell.right, school_camera(), purpose);
                EXPECT_EQ(
                    verdict, cell.right == Right::UseAccount ? Verdict::Allowed : Verdict::NotSeen
                ) << label
                  << scope;
            }
        }
    }
}

TEST(Authorise, NobodyWithoutAGrantGetsAnythingButTheOwnAccount) {
    const Principal nobody = holding({});
    for (const RightInfo& info : right_table()) {
        const Verdict verdict =
            judge(nobody, info.right, Subject::installation(), {Purpose::Kind::Incident, "1"});
        EXPECT_EQ(verdict == Verdict::Allowed, info.right == Right::UseAccount) << info.name;
        EXPECT_FALSE(sees(nobody, school_camera(), info.right)) << info.name;
    }
}

TEST(Authorise, CameraOutOfScopeIsAnsweredAsIfItDidNotExist) {
    const Principal principal = holding({grant(Role::Supervisor, "org:city")});
    const Status refused = authorise(
        principal, Right::PlayBack, park_camera_of_fire(), {Purpose::Kind::Incident, "1"}
    );
    EXPECT_EQ(refused.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(refused.error().message, "there is no camera 'pond-1'");
}

TEST(Authorise, CameraThatIsSeenButNotGrantedIsForbidden) {
    const Principal planner = holding({grant(Role::Planner, "*")});
    EXPECT_EQ(
        authorise(planner, Right::ViewLive, school_camera(), {Purpose::Kind::Control, ""})
            .error()
            .kind,
        ErrorKind::PermissionDenied
    );
    const Principal researcher = holding({grant(Role::Researcher, "*")});
    EXPECT_EQ(
        judge(researcher, Right::ViewLive, school_camera(), {Purpose::Kind::Control, ""}),
        Verdict::NotSeen
    );
}

TEST(Authorise, WholeInstallationNeedsAGrantOnEverything) {
    const Principal local = holding({grant(Role::Administrator, "org:city")});
    EXPECT_EQ(judge(local, Right::ConfigureSystem, Subject::installation(), {}), Verdict::NoRight);
    EXPECT_EQ(judge(local, Right::ManageUsers, Subject::of(kCity), {}), Verdict::Allowed);
    EXPECT_EQ(judge(local, Right::ManageUsers, Subject::of(kFire), {}), Verdict::NotSeen);
    EXPECT_EQ(judge(local, Right::ManageUsers, Subject::listing(), {}), Verdict::Allowed);
    EXPECT_EQ(judge(local, Right::ViewAudit, Subject::listing(), {}), Verdict::NoRight);
}

TEST(Authorise, GroupGrantCoversNoOrganisation) {
    const Principal principal = holding({grant(Role::Administrator, "group:city")});
    EXPECT_EQ(judge(principal, Right::ManageUsers, Subject::of(kCity), {}), Verdict::NotSeen);
}

TEST(Authorise, RightOfOneGrantAndScopeOfAnotherDoNotAddUp) {
    const Principal principal =
        holding({grant(Role::Supervisor, "org:fire"), grant(Role::Planner, "org:city")});
    EXPECT_EQ(
        judge(principal, Right::Export, school_camera(), {Purpose::Kind::Request, "1"}),
        Verdict::NoRight
    );
}

TEST(Authorise, GrantHoldsForItsPurposesOnly) {
    const Principal agency =
        holding({grant(Role::Agency, "*", {Purpose::Kind::Incident, Purpose::Kind::Request})});
    const auto verdict = [&](Right right, Purpose::Kind kind) {
        return judge(agency, right, school_camera(), {kind, "1"});
    };
    EXPECT_EQ(verdict(Right::ViewLive, Purpose::Kind::Incident), Verdict::Allowed);
    EXPECT_EQ(verdict(Right::ViewLive, Purpose::Kind::Control), Verdict::PurposeNotGranted);
    EXPECT_EQ(verdict(Right::ViewLive, Purpose::Kind::None), Verdict::PurposeMissing);
    EXPECT_EQ(verdict(Right::PlayBack, Purpose::Kind::Control), Verdict::PurposeMissing);
    EXPECT_EQ(verdict(Right::ViewCameras, Purpose::Kind::None), Verdict::Allowed);
}

TEST(Authorise, TokenHasAtMostItsOwnRights) {
    Principal program = holding({grant(Role::Supervisor, "*")});
    program.token_rights = RightSet(Right::ViewReports, Right::ViewAudit);
    EXPECT_EQ(judge(program, Right::ViewReports, Subject::installation(), {}), Verdict::Allowed);
    EXPECT_EQ(judge(program, Right::ViewAudit, Subject::installation(), {}), Verdict::NoRight);
    EXPECT_EQ(judge(program, Right::UseAccount, Subject::installation(), {}), Verdict::NoRight);
    EXPECT_FALSE(sees(program, school_camera()));
    EXPECT_EQ(rights_anywhere(program), RightSet(Right::ViewReports));
}

TEST(Authorise, OneTimePasswordAllowsOnlyTheOwnAccount) {
    Principal fresh = holding({grant(Role::Supervisor, "*")});
    fresh.must_change_password = true;
    for (const RightInfo& info : right_table()) {
        EXPECT_EQ(
            judge(fresh, info.right, Subject::installation(), {Purpose::Kind::Incident, "1"}),
            info.right == Right::UseAccount ? Verdict::Allowed : Verdict::PasswordChangeDue
        );
    }
    EXPECT_FALSE(sees(fresh, school_camera()));
}

TEST(Purpose, ReadsWhatItWrites) {
    for (const char* text :
         {"", "control", "incident:20261121-1", "request:2026-17", "maintenance", "training"}) {
        const auto purpose = parse_purpose(text);
        ASSERT_TRUE(purpose) << text;
        EXPECT_EQ(to_string(*purpose), text);
    }
}

TEST(Purpose, RefusesWhatIsNoPurpose) {
    const std::string long_reference = "incident:" + std::string(65, 'a');
    for (const std::string& text :
         {std::string("curiosity"),
          std::string("incident"),
          std::string("incident:"),
          std::string("control:1"),
          std::string("control "),
          std::string("request:a b"),
          std::string("request:a\nb"),
          std::string(":"),
          long_reference}) {
        EXPECT_EQ(parse_purpose(text).error().kind, ErrorKind::InvalidArgument) << text;
    }
}

TEST(Scope, ReadsWhatItWritesAndRefusesTheRest) {
    for (const char* text : {"*", "org:city", "group:north"}) {
        EXPECT_EQ(to_string(parse_scope(text).value()), text);
    }
    for (const char* text : {"", "**", "org:", "group:", "city", "ORG:city"}) {
        EXPECT_FALSE(parse_scope(text)) << text;
    }
}

}  // namespace
}  // namespace bongsu::identity
