#include "wall/wall_planner.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace bongsu::wall {
namespace {

using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};

/// A city that tests change between ticks.
class City {
public:
    City(std::size_t count, std::size_t operator_count, std::size_t slots = 9) {
        for (std::size_t i = 0; i < count; ++i) {
            WallCamera camera;
            camera.id = CameraId{"c" + std::to_string(i)};
            cameras.push_back(std::move(camera));
        }
        for (std::size_t i = 0; i < operator_count; ++i) {
            WallOperator who;
            who.id = OperatorId{"o" + std::to_string(i)};
            who.slots = slots;
            who.may_see = [](const WallCamera&) { return true; };
            operators.push_back(std::move(who));
        }
    }

    Plan tick() {
        plan = planner.plan({.now = now, .cameras = cameras, .operators = operators});
        now += seconds{1};
        return plan;
    }

    void run(int ticks) {
        for (int i = 0; i < ticks; ++i) {
            tick();
        }
    }

    OpenIncident& alarm(std::size_t camera, int gravity) {
        OpenIncident incident;
        incident.id = IncidentId{"i" + std::to_string(++incidents)};
        incident.gravity = gravity;
        incident.kind = "intrusion";
        incident.since = now;
        cameras[camera].incidents.push_back(incident);
        return cameras[camera].incidents.back();
    }

    const Tile* find(const char* camera, std::size_t who = 0) const {
        for (const auto& tile : plan.walls[who].tiles) {
            if (tile && tile->camera == CameraId{camera}) {
                return &*tile;
            }
        }
        return nullptr;
    }

    bool is_shown(const std::string& camera) const {
        for (std::size_t who = 0; who < operators.size(); ++who) {
            if (find(camera.c_str(), who) != nullptr) {
                return true;
            }
        }
        return false;
    }

    WallPlanner planner;
    std::vector<WallCamera> cameras;
    std::vector<WallOperator> operators;
    WallTime now = kStart;
    Plan plan;
    int incidents = 0;
};

TEST(Wall, FillsItselfAtOnce) {
    City city(30, 1);
    city.tick();
    EXPECT_EQ(city.plan.walls[0].tiles.size(), 9U);
    EXPECT_EQ(city.plan.walls[0].carousel, 2U);
    EXPECT_TRUE(std::ranges::all_of(city.plan.walls[0].tiles, [](const auto& tile) {
        return tile.has_value();
    }));
    EXPECT_TRUE(city.plan.walls[0].has_changed);
    city.tick();
    EXPECT_FALSE(city.plan.walls[0].has_changed);
}

TEST(Wall, WithFewCamerasItIsTheCarouselThatStaysEmpty) {
    City city(3, 1);
    city.tick();
    for (const char* camera : {"c0", "c1", "c2"}) {
        ASSERT_NE(city.find(camera), nullptr);
        EXPECT_FALSE(city.find(camera)->is_carousel);
        EXPECT_EQ(city.find(camera)->reason.code, ReasonCode::Spare);
    }
    city.run(100);
    EXPECT_EQ(city.find("c1")->since, kStart) << "nothing to change for";
}

TEST(Wall, GivesANewcomerTheirCamerasAlsoFromAWallWithRoom) {
    City city(4, 2, 16);
    WallOperator newcomer = city.operators[1];
    city.operators.pop_back();
    city.run(10);
    city.operators.push_back(newcomer);
    city.run(10);
    for (std::size_t who : {0, 1}) {
        const auto& tiles = city.plan.walls[who].tiles;
        EXPECT_EQ(
            std::ranges::count_if(tiles, [](const auto& tile) { return tile.has_value(); }), 2
        ) << "operator "
          << who;
    }
}

TEST(Wall, ShowsPeopleAndSaysSo) {
    City city(100, 1);
    city.run(10);
    city.cameras[99].people = 2;
    city.run(9);
    ASSERT_NE(city.find("c99"), nullptr);
    EXPECT_EQ(city.find("c99")->reason.code, ReasonCode::People);
    EXPECT_EQ(city.find("c99")->reason.count, 2);
    city.cameras[99].people = 0;
    city.cameras[99].last_person = city.now;
    city.tick();
    EXPECT_EQ(city.find("c99")->reason.code, ReasonCode::Left);
}

TEST(Wall, AGraveIncidentAppearsAtTheNextTick) {
    City city(100, 1);
    city.tick();
    city.alarm(77, 5);
    city.tick();
    ASSERT_NE(city.find("c77"), nullptr);
    EXPECT_EQ(city.find("c77")->reason.code, ReasonCode::Incident);
    EXPECT_EQ(city.find("c77")->reason.kind, "intrusion");
    EXPECT_EQ(city.find("c77")->reason.gravity, 5);
    EXPECT_EQ(city.find("c77")->reason.incident, IncidentId{"i1"});
}

TEST(Wall, ALesserIncidentWaitsForACalmMoment) {
    City city(100, 1);
    city.tick();
    city.alarm(77, 3);
    city.run(7);
    EXPECT_EQ(city.find("c77"), nullptr) << "every tile is younger than 8 s";
    city.run(2);
    EXPECT_NE(city.find("c77"), nullptr);
}

TEST(Wall, GoesByGravityThenAge) {
    City city(100, 1, 4);  // three tiles and the carousel
    city.run(20);
    city.alarm(10, 2);
    city.alarm(11, 4);
    city.alarm(12, 2).since = city.now - seconds{60};
    city.alarm(13, 3);
    city.run(30);
    EXPECT_NE(city.find("c11"), nullptr);
    EXPECT_NE(city.find("c13"), nullptr);
    EXPECT_NE(city.find("c12"), nullptr);
    EXPECT_EQ(city.find("c10"), nullptr);
    ASSERT_EQ(city.plan.walls[0].waiting_incidents.size(), 1U);
    EXPECT_EQ(city.plan.walls[0].waiting_incidents[0], IncidentId{"i1"});
}

TEST(Wall, AnUndecidedIncidentKeepsItsTile) {
    City city(100, 1, 4);
    city.run(20);
    city.alarm(10, 1);
    city.run(20);
    ASSERT_NE(city.find("c10"), nullptr);
    const WallTime since = city.find("c10")->since;
    for (int i = 20; i < 30; ++i) {
        city.alarm(i, 4);
    }
    city.run(100);
    ASSERT_NE(city.find("c10"), nullptr);
    EXPECT_EQ(city.find("c10")->since, since);
    city.cameras[10].incidents[0].state = IncidentState::FalseAlarm;
    city.run(2);
    EXPECT_EQ(city.find("c10"), nullptr) << "the next incident has its place";
}

TEST(Wall, AnIncidentGoesToAColleagueWhenTheWallIsFull) {
    City city(100, 2, 4);
    city.run(20);
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < 100; ++i) {
        city.alarm(i, 4);
        city.tick();
        if (city.plan.walls[0].waiting_incidents.size() +
                city.plan.walls[1].waiting_incidents.size() >
            0) {
            break;
        }
        city.run(10);
        own.push_back(i);
    }
    EXPECT_EQ(own.size(), 6U) << "three tiles each";
}

TEST(Wall, AnEscalatedIncidentIsOnTheSupervisorsWallToo) {
    City city(100, 2);
    city.operators[1].is_supervisor = true;
    city.operators[1].cap = 0;
    city.run(20);
    city.alarm(5, 4);
    city.run(10);
    EXPECT_NE(city.find("c5", 0), nullptr);
    EXPECT_EQ(city.find("c5", 1), nullptr);
    city.cameras[5].incidents[0].is_escalated = true;
    city.run(10);
    EXPECT_NE(city.find("c5", 0), nullptr);
    ASSERT_NE(city.find("c5", 1), nullptr);
    EXPECT_EQ(city.find("c5", 1)->reason.code, ReasonCode::Escalated);
    city.cameras[5].incidents.clear();
    city.tick();
    EXPECT_EQ(city.find("c5", 1), nullptr);
}

TEST(Wall, APinComesAtOnceAndStays) {
    City city(100, 1);
    city.tick();
    city.operators[0].pins = {CameraId{"c50"}, CameraId{"c51"}};
    city.tick();
    ASSERT_NE(city.find("c50"), nullptr);
    EXPECT_TRUE(city.find("c50")->is_pinned);
    EXPECT_FALSE(city.find("c51")->is_carousel);
    EXPECT_EQ(city.find("c50")->reason.code, ReasonCode::Pinned);
    for (std::size_t i = 0; i < 20; ++i) {
        city.alarm(i, 5);
    }
    city.run(100);
    EXPECT_NE(city.find("c50"), nullptr);
    city.operators[0].pins.clear();
    city.cameras.resize(0);
    EXPECT_NO_THROW(city.run(2));
}

TEST(Wall, PinsLeaveATileForIncidents) {
    City city(100, 1, 4);
    for (int i = 0; i < 10; ++i) {
        city.operators[0].pins.emplace_back("c" + std::to_string(i));
    }
    city.tick();
    EXPECT_EQ(city.plan.walls[0].waiting_pins.size(), 8U);
    city.run(10);
    city.alarm(60, 3);
    city.run(10);
    EXPECT_NE(city.find("c60"), nullptr);
}

TEST(Wall, APinOfWhatAColleagueSeesWaitsForACalmMoment) {
    City city(40, 2);
    city.tick();
    const CameraId wanted = city.plan.walls[1].tiles[0]->camera;
    city.operators[0].pins = {wanted};
    city.tick();
    EXPECT_EQ(city.find(wanted.value().c_str(), 0), nullptr);
    EXPECT_EQ(city.plan.walls[0].waiting_pins, std::vector{wanted});
    city.run(12);
    ASSERT_NE(city.find(wanted.value().c_str(), 0), nullptr);
    EXPECT_EQ(city.find(wanted.value().c_str(), 1), nullptr);
}

TEST(Wall, TheFocusStays) {
    City city(100, 1);
    city.tick();
    const CameraId focus = city.plan.walls[0].tiles[8]->camera;
    city.operators[0].focus = focus;
    for (std::size_t i = 0; i < 50; ++i) {
        city.alarm(i, 5);
    }
    city.run(100);
    ASSERT_NE(city.find(focus.value().c_str()), nullptr);
    EXPECT_EQ(city.find(focus.value().c_str())->since, kStart);
}

TEST(Wall, OnAPausedWallOnlyUrgentIncidentsMove) {
    City city(100, 1);
    city.tick();
    city.operators[0].is_paused = true;
    city.alarm(80, 4);
    city.tick();
    const auto before = city.plan.walls[0].tiles;
    city.run(50);
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(city.plan.walls[0].tiles[i]->camera, before[i]->camera);
    }
    EXPECT_FALSE(city.plan.walls[0].bound);
    city.alarm(81, 5);
    city.tick();
    EXPECT_NE(city.find("c81"), nullptr);
}

TEST(Wall, ADeadCameraIsNotShownForItsOwnSake) {
    City city(30, 1);
    city.cameras[20].signal = SignalState::Lost;
    for (int i = 0; i < 200; ++i) {
        city.tick();
        ASSERT_EQ(city.find("c20"), nullptr);
    }
    EXPECT_EQ(city.plan.without_signal, 1U);
    city.alarm(20, 2).kind = "camera_lost";
    city.run(20);
    EXPECT_NE(city.find("c20"), nullptr);
}

TEST(Wall, ARightThatEndsTakesTheTileAtOnce) {
    City city(5, 1);
    city.tick();
    ASSERT_NE(city.find("c3"), nullptr);
    city.operators[0].may_see = [](const WallCamera& camera) {
        return camera.id != CameraId{"c3"};
    };
    city.tick();
    EXPECT_EQ(city.find("c3"), nullptr);
    EXPECT_EQ(city.plan.unassigned, 1U);
}

TEST(Wall, TheShareHoldsAtMostTheCap) {
    City city(200, 2);
    city.operators[0].cap = 30;
    city.tick();
    EXPECT_EQ(city.plan.walls[0].share, 30U);
    EXPECT_EQ(city.plan.walls[1].share, 50U);
    EXPECT_EQ(city.plan.beyond, 120U);
    EXPECT_EQ(city.planner.share_of(OperatorId{"o0"}).size(), 30U);
    EXPECT_TRUE(city.planner.share_of(OperatorId{"nobody"}).empty());
}

TEST(Wall, SaysHowLongTheLongestUnseenWaits) {
    City city(20, 1, 4);
    city.run(30);
    ASSERT_TRUE(city.plan.bound);
    EXPECT_EQ(*city.plan.bound, unseen_bound(20, 1, seconds{8}, seconds{1}));
    EXPECT_EQ(*city.plan.bound, seconds{180});
    ASSERT_TRUE(city.plan.longest_unseen);
    EXPECT_GT(city.plan.unseen, seconds{20});
    EXPECT_EQ(city.plan.unseen, city.plan.walls[0].unseen);
}

TEST(Wall, WithoutOperatorsThereIsNothingToPlan) {
    City city(10, 0);
    city.tick();
    EXPECT_TRUE(city.plan.walls.empty());
    EXPECT_EQ(city.plan.unassigned, 10U);
    EXPECT_FALSE(city.plan.bound);
}

TEST(Wall, ASingleTileShowsIncidentsAndTurnsOtherwise) {
    City city(5, 1, 1);
    std::set<std::string> seen;
    for (int i = 0; i < 60; ++i) {
        city.tick();
        seen.insert(city.plan.walls[0].tiles[0]->camera.value());
    }
    EXPECT_EQ(seen.size(), 5U);
    city.alarm(2, 2);
    city.run(10);
    EXPECT_NE(city.find("c2"), nullptr);
}

/// What may happen to a city between two ticks.
void disturb(City& city) {
    const auto any_camera = rc::gen::inRange<std::size_t>(0, city.cameras.size());
    WallCamera& camera = city.cameras[*any_camera];
    switch (*rc::gen::inRange(0, 6)) {
        case 0:
            camera.people = *rc::gen::inRange(0, 3);
            camera.last_person = camera.people > 0 ? std::optional(city.now) : camera.last_person;
            break;
        case 1:
            camera.vehicles = *rc::gen::inRange(0, 3);
            break;
        case 2:
            if (camera.incidents.empty()) {
                city.alarm(
                    static_cast<std::size_t>(&camera - city.cameras.data()), *rc::gen::inRange(1, 6)
                );
            }
            break;
        case 3:
            if (!camera.incidents.empty()) {
                camera.incidents[0].state = *rc::gen::element(
                    IncidentState::Acknowledged, IncidentState::Confirmed, IncidentState::Closed
                );
            }
            break;
        case 4: {
            WallOperator& who =
                city.operators[*rc::gen::inRange<std::size_t>(0, city.operators.size())];
            who.focus = *rc::gen::arbitrary<bool>() ? std::optional(camera.id) : std::nullopt;
            break;
        }
        default:
            camera.incidents.clear();
            break;
    }
}

/// Whether an incident of this camera may appear before the dwell of what was there is over.
bool is_urgent(const City& city, const CameraId& id) {
    const auto camera = std::ranges::find(city.cameras, id, &WallCamera::id);
    return std::ranges::any_of(camera->incidents, [](const OpenIncident& incident) {
        return incident.gravity == 5;
    });
}

RC_GTEST_PROP(Wall, KeepsItsPromisesWhateverHappens, ()) {
    City city(
        *rc::gen::inRange<std::size_t>(1, 60),
        *rc::gen::inRange<std::size_t>(1, 5),
        *rc::gen::element<std::size_t>(1, 4, 9, 16)
    );
    std::map<std::pair<std::size_t, std::size_t>, Tile> before;
    for (int i = 0; i < 40; ++i) {
        if (i % 2 == 1) {
            disturb(city);
        }
        const auto undecided = [&](const CameraId& id) {
            const auto camera = std::ranges::find(city.cameras, id, &WallCamera::id);
            return std::ranges::any_of(camera->incidents, [](const OpenIncident& incident) {
                return incident.state == IncidentState::New ||
                       incident.state == IncidentState::Acknowledged;
            });
        };
        city.tick();
        std::set<CameraId> shown;
        for (std::size_t who = 0; who < city.plan.walls.size(); ++who) {
            const OperatorWall& wall = city.plan.walls[who];
            RC_ASSERT(wall.share <= city.operators[who].cap);
            for (std::size_t place = 0; place < wall.tiles.size(); ++place) {
                const auto& tile = wall.tiles[place];
                const auto old = before.find({who, place});
                if (tile) {
                    RC_ASSERT(shown.insert(tile->camera).second);
                }
                if (tile && old != before.end() && old->second.camera != tile->camera) {
                    const Tile& gone = old->second;
                    const bool is_promoted = city.find(gone.camera.value().c_str(), who) != nullptr;
                    const bool is_ripe = city.plan.now - gone.since >= seconds{8};
                    RC_ASSERT(is_ripe || is_urgent(city, tile->camera));
                    const bool is_ousted = gone.is_carousel && gone.reason.gravity < 5 &&
                                           is_urgent(city, tile->camera);
                    RC_ASSERT(is_promoted || is_ousted || !undecided(gone.camera));
                    RC_ASSERT(is_promoted || city.operators[who].focus != gone.camera);
                }
                if (tile) {
                    before[{who, place}] = *tile;
                }
            }
        }
    }
}

RC_GTEST_PROP(Wall, ShowsEveryCameraWithinTheBound, ()) {
    City city(
        *rc::gen::inRange<std::size_t>(1, 150),
        *rc::gen::inRange<std::size_t>(1, 5),
        *rc::gen::element<std::size_t>(1, 4, 9, 16, 36)
    );
    const auto busy = *rc::gen::inRange<std::size_t>(0, city.cameras.size() + 1);
    for (std::size_t i = 0; i < busy; ++i) {
        city.cameras[i].people = 1;
    }
    city.tick();
    const auto bound = static_cast<int>(*city.plan.bound / seconds{1});
    std::map<std::string, int> last;
    for (int t = 0; t < 2 * bound + 10; ++t) {
        city.tick();
        for (const OperatorWall& wall : city.plan.walls) {
            RC_ASSERT(wall.unseen <= *wall.bound);
            for (const auto& tile : wall.tiles) {
                if (tile) {
                    int& time = last[tile->camera.value()];
                    RC_ASSERT(t - time <= bound);
                    time = t;
                }
            }
        }
    }
    RC_ASSERT(last.size() == city.cameras.size());
}

RC_GTEST_PROP(Wall, AnUrgentIncidentAppearsAtTheNextTick, ()) {
    City city(
        *rc::gen::inRange<std::size_t>(20, 60),
        *rc::gen::inRange<std::size_t>(1, 4),
        *rc::gen::element<std::size_t>(4, 9)
    );
    city.run(*rc::gen::inRange(1, 20));
    for (int i = 0; i < 20; ++i) {
        const auto camera = *rc::gen::inRange<std::size_t>(0, city.cameras.size());
        if (city.cameras[camera].incidents.empty()) {
            city.alarm(camera, *rc::gen::inRange(1, 5));
        }
        city.tick();
    }
    const auto urgent = *rc::gen::inRange<std::size_t>(0, city.cameras.size());
    city.cameras[urgent].incidents.clear();
    city.alarm(urgent, 5);
    city.tick();
    RC_ASSERT(city.is_shown(city.cameras[urgent].id.value()));
}

RC_GTEST_PROP(Wall, TheSameSnapshotsGiveTheSamePlans, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 60);
    City city(count, 3);
    WallPlanner twin;
    for (int i = 0; i < 20; ++i) {
        disturb(city);
        const Plan other =
            twin.plan({.now = city.now, .cameras = city.cameras, .operators = city.operators});
        city.tick();
        for (std::size_t who = 0; who < 3; ++who) {
            for (std::size_t place = 0; place < other.walls[who].tiles.size(); ++place) {
                const auto& a = other.walls[who].tiles[place];
                const auto& b = city.plan.walls[who].tiles[place];
                RC_ASSERT(a.has_value() == b.has_value());
                const bool is_same = !a || (a->camera == b->camera && a->since == b->since);
                RC_ASSERT(is_same);
            }
        }
    }
}

}  // namespace
}  // namespace bongsu::wall
