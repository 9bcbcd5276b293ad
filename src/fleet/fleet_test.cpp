#include "fleet/fleet.hpp"

#include "core/json.hpp"
#include "domain/camera_form.hpp"
#include "store/testing/temporary_store.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::fleet {
namespace {

const Author kKim{.who = "kim", .why = "new pole"};

Value form(const std::string& id, const std::string& more = "") {
    return parse_yaml(
               "{id: " + id + ", url: 'rtsp://u:secret@10.0.0.1/" + id + "'" + more + "}", "t"
    )
        .value();
}

CameraConfig config(const std::string& id, const std::string& more = "") {
    return parse_camera(form(id, more), "camera").value();
}

/// A fleet over a real store that notes what is put into service.
class FleetTest : public ::testing::Test {
protected:
    void SetUp() override { reopen(); }

    void reopen() {
        fleet_.reset();
        FleetHooks hooks;
        hooks.check = [](const CameraConfig& camera) -> Status {
            for (const RuleConfig& rule : camera.rules) {
                if (rule.behaviour != "intrusion") {
                    return fail(
                        ErrorKind::InvalidArgument,
                        "cameras." + camera.id.value() + ".rules." + rule.id.value() +
                            ".behaviour: '" + rule.behaviour + "' does not exist"
                    );
                }
            }
            return {};
        };
        hooks.apply = [this](const CameraConfig* before, const CameraConfig* after) -> Status {
            applied_.push_back(
                (before != nullptr ? before->name : "-") + ">" +
                (after != nullptr ? after->name : "-")
            );
            return {};
        };
        fleet_ = Fleet::open(store_->cameras(), clock_, std::move(hooks)).value();
    }

    store::testing::TemporaryStore store_;
    ManualClock clock_;
    std::vector<std::string> applied_;
    std::unique_ptr<Fleet> fleet_;
};

TEST_F(FleetTest, ACreatedCameraIsInServiceAndSurvivesARestart) {
    const auto made = fleet_->create(form("gate", ", name: 정문"), kKim);
    ASSERT_TRUE(made) << made.error().describe();
    EXPECT_EQ((*made)->version, 1);
    EXPECT_EQ(applied_, std::vector<std::string>{"->정문"});
    EXPECT_EQ(fleet_->create(form("gate"), kKim).error().kind, ErrorKind::AlreadyExists);
    reopen();
    const FleetCameraPtr found = fleet_->get(CameraId("gate")).value();
    EXPECT_EQ(found->config.name, "정문");
    EXPECT_EQ(found->changed_by, "kim");
    EXPECT_EQ(found->config.streams[0].url, "rtsp://u:secret@10.0.0.1/gate");
}

TEST_F(FleetTest, AChangeOfAnOldVersionNamesWhoWasQuicker) {
    ASSERT_TRUE(fleet_->create(form("gate"), kKim));
    ASSERT_TRUE(fleet_->change(CameraId("gate"), 1, form("gate", ", name: a"), {"lee", ""}));
    const auto late = fleet_->change(CameraId("gate"), 1, form("gate", ", name: b"), kKim);
    EXPECT_EQ(late.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_NE(late.error().message.find("by lee (version 2)"), std::string::npos);
    EXPECT_EQ(fleet_->get(CameraId("gate")).value()->config.name, "a");
}

TEST_F(FleetTest, AnEditOfTheHiddenFormKeepsThePassword) {
    ASSERT_TRUE(fleet_->create(form("gate"), kKim));
    Value shown = fleet_->form_of(CameraId("gate"), 1).value();
    EXPECT_EQ(to_json(shown).find("secret"), std::string::npos);
    const auto changed = fleet_->change(CameraId("gate"), 1, shown, kKim);
    ASSERT_TRUE(changed) << changed.error().describe();
    EXPECT_EQ((*changed)->config.streams[0].url, "rtsp://u:secret@10.0.0.1/gate");
}

TEST_F(FleetTest, ARefusedRuleChangesNothing) {
    const auto refused = fleet_->create(form("gate", ", rules: [{behaviour: intrusio}]"), kKim);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_TRUE(fleet_->snapshot()->cameras.empty());
    EXPECT_TRUE(applied_.empty());
}

TEST_F(FleetTest, ARemovedCameraKeepsItsHistoryAndComesBack) {
    ASSERT_TRUE(fleet_->create(form("gate", ", name: one"), kKim));
    ASSERT_TRUE(fleet_->remove(CameraId("gate"), 1, kKim));
    EXPECT_EQ(fleet_->get(CameraId("gate")).error().kind, ErrorKind::NotFound);
    reopen();
    EXPECT_TRUE(fleet_->snapshot()->cameras.empty());
    ASSERT_EQ(fleet_->versions(CameraId("gate"), 0, 10).value().size(), 2U);
    const CameraPage removed = fleet_->list({.is_removed = true}).value();
    ASSERT_EQ(removed.cameras.size(), 1U);
    EXPECT_EQ(removed.cameras[0]->version, 2);
    EXPECT_EQ(removed.cameras[0]->changed_by, "kim");
    EXPECT_EQ(fleet_->get_ever(CameraId("gate")).value()->config.name, "one");
    EXPECT_EQ(fleet_->get_ever(CameraId("other")).error().kind, ErrorKind::NotFound);
    const auto back = fleet_->restore(CameraId("gate"), 1, kKim);
    ASSERT_TRUE(back) << back.error().describe();
    EXPECT_EQ((*back)->version, 3);
    EXPECT_EQ(fleet_->list({.is_removed = true}).value().total, 0U);
    EXPECT_EQ(applied_, (std::vector<std::string>{"->one", "one>-", "->one"}));
}

TEST_F(FleetTest, UndoMakesAnOldVersionTheNewestOne) {
    ASSERT_TRUE(fleet_->create(form("gate", ", name: one"), kKim));
    ASSERT_TRUE(fleet_->change(CameraId("gate"), 1, form("gate", ", name: two, note: x"), kKim));
    const auto changes = fleet_->difference(CameraId("gate"), 1, 2).value();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].path, "name");
    EXPECT_EQ(*changes[0].after.as_text(), "two");
    EXPECT_EQ(changes[1].path, "note");
    EXPECT_EQ(fleet_->restore(CameraId("gate"), 1, kKim).value()->version, 3);
    EXPECT_EQ(fleet_->get(CameraId("gate")).value()->config.name, "one");
    EXPECT_TRUE(fleet_->difference(CameraId("gate"), 1, 3).value().empty());
    EXPECT_EQ(fleet_->restore(CameraId("gate"), 9, kKim).error().kind, ErrorKind::NotFound);
}

TEST_F(FleetTest, AChangedPasswordShowsInTheDifferenceWithoutItsText) {
    ASSERT_TRUE(fleet_->create(form("gate"), kKim));
    const Value other = parse_yaml("{id: gate, url: 'rtsp://u:other@10.0.0.1/gate'}", "t").value();
    ASSERT_TRUE(fleet_->change(CameraId("gate"), 1, other, kKim));
    const auto changes = fleet_->difference(CameraId("gate"), 1, 2).value();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].path, "streams[0].url");
    EXPECT_EQ(*changes[0].after.as_text(), "***");
}

TEST_F(FleetTest, ABulkEditIsAllOrNothingUnlessAskedOtherwise) {
    ASSERT_TRUE(fleet_->create(form("a"), kKim));
    ASSERT_TRUE(fleet_->create(form("b"), kKim));
    const std::vector<CameraId> ids{CameraId("a"), CameraId("nobody"), CameraId("b")};
    const Value patch{Value::Map{{"place", Value::Map{{"site", "공원"}}}, {"record", false}}};
    const auto refused = fleet_->change_many(ids, patch, BulkMode::AllOrNothing, kKim).value();
    EXPECT_TRUE(refused.changed.empty());
    ASSERT_EQ(refused.failed.size(), 1U);
    EXPECT_EQ(refused.failed[0].camera, CameraId("nobody"));
    EXPECT_EQ(fleet_->get(CameraId("a")).value()->version, 1);
    const auto done = fleet_->change_many(ids, patch, BulkMode::GoodOnes, kKim).value();
    EXPECT_EQ(done.changed.size(), 2U);
    EXPECT_EQ(fleet_->get(CameraId("b")).value()->config.place.site, "공원");
    EXPECT_FALSE(fleet_->get(CameraId("b")).value()->config.is_recorded);
    EXPECT_EQ(
        fleet_->get(CameraId("b")).value()->config.streams[0].url, "rtsp://u:secret@10.0.0.1/b"
    );
    EXPECT_FALSE(fleet_->change_many(ids, Value::Map{{"id", "x"}}, BulkMode::GoodOnes, kKim));
}

TEST_F(FleetTest, TheFileIsTakenInOnceAndAgainWhenItChanged) {
    EXPECT_EQ(fleet_->take_in({config("a", ", groups: [north]"), config("b")}).value(), 2U);
    EXPECT_EQ(fleet_->snapshot()->groups.size(), 1U);
    ASSERT_TRUE(fleet_->change(CameraId("a"), 1, form("a", ", name: console"), kKim));
    ASSERT_TRUE(fleet_->remove(CameraId("b"), 1, kKim));
    reopen();
    EXPECT_EQ(fleet_->take_in({config("a", ", groups: [north]"), config("b")}).value(), 0U);
    EXPECT_EQ(fleet_->get(CameraId("a")).value()->config.name, "console");
    EXPECT_FALSE(fleet_->get(CameraId("b")));
    EXPECT_EQ(fleet_->take_in({config("a", ", name: file")}).value(), 1U);
    const FleetCameraPtr taken = fleet_->get(CameraId("a")).value();
    EXPECT_EQ(taken->config.name, "file");
    EXPECT_EQ(taken->changed_by, "configuration file");
}

TEST_F(FleetTest, GroupsHoldCamerasOfTheirOrganisation) {
    ASSERT_TRUE(fleet_->create_group(Value::Map{{"id", "north"}, {"organisation", "seoul"}}));
    EXPECT_NE(
        fleet_->create(form("a", ", groups: [nort]"), kKim).error().message.find("does not exist"),
        std::string::npos
    );
    EXPECT_NE(
        fleet_->create(form("a", ", groups: [north]"), kKim)
            .error()
            .message.find("of the organisation 'seoul'"),
        std::string::npos
    );
    ASSERT_TRUE(fleet_->create(form("a", ", organisation: seoul, groups: [north]"), kKim));
    EXPECT_EQ(fleet_->remove_group(GroupId("north")).error().kind, ErrorKind::FailedPrecondition);
    const Value renamed{Value::Map{{"id", "north"}, {"name", "북부"}, {"organisation", "seoul"}}};
    EXPECT_EQ(fleet_->change_group(GroupId("north"), 1, renamed).value().version, 2);
    EXPECT_EQ(
        fleet_->change_group(GroupId("north"), 1, renamed).error().kind,
        ErrorKind::FailedPrecondition
    );
    EXPECT_EQ(fleet_->snapshot()->group(GroupId("north"))->name, "북부");
}

TEST_F(FleetTest, ListsAreFilteredAndPagedWithoutLosingOrRepeating) {
    std::vector<Value> forms;
    for (int i = 0; i < 25; ++i) {
        forms.push_back(form(
            "c" + std::to_string(100 + i),
            i % 2 == 0 ? ", tags: [Even], place: {site: 공원}" : ", organisation: other"
        ));
    }
    ASSERT_TRUE(fleet_->put_many(forms, BulkMode::AllOrNothing, kKim));
    CameraQuery query{.text = "even 공원", .limit = 5};
    std::vector<std::string> seen;
    do {
        const auto page = fleet_->list(query);
        ASSERT_TRUE(page) << page.error().describe();
        EXPECT_EQ(page->total, 13U);
        for (const FleetCameraPtr& camera : page->cameras) {
            seen.push_back(camera->config.id.value());
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    EXPECT_EQ(seen.size(), 13U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    EXPECT_EQ(fleet_->list({.organisation = OrganisationId("other")}).value().total, 12U);
    EXPECT_EQ(fleet_->list({.limit = 0}).error().kind, ErrorKind::InvalidArgument);
}

TEST_F(FleetTest, APutOfManyReportsDoublesAndChangesKnownOnes) {
    ASSERT_TRUE(fleet_->create(form("a"), kKim));
    const std::vector<Value> forms{form("a", ", name: new"), form("b"), form("b")};
    EXPECT_EQ(fleet_->check_many(forms).failed.size(), 1U);
    const auto done = fleet_->put_many(forms, BulkMode::GoodOnes, kKim).value();
    EXPECT_EQ(done.changed.size(), 2U);
    ASSERT_EQ(done.failed.size(), 1U);
    EXPECT_NE(done.failed[0].error.message.find("given twice"), std::string::npos);
    EXPECT_EQ(fleet_->get(CameraId("a")).value()->version, 2);
}

}  // namespace
}  // namespace bongsu::fleet
