// The desk over a real store: people's actions, subscribers, restarts.
#include "app/incident_desk.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

class Desk : public testing::Test {
protected:
    Desk() { open(); }

    void open() {
        auto made =
            IncidentDesk::create(settings_, store_->incidents(), folder_.path(), clock_, metrics_);
        ASSERT_TRUE(made) << made.error().describe();
        desk_ = *std::move(made);
        ASSERT_TRUE(desk_->subscribe([this](const incidents::IncidentUpdate& update) {
            const std::scoped_lock lock(mutex_);
            told_.push_back(update.incident.change);
        }));
    }

    void raise(const std::string& id, EventPhase phase = EventPhase::Begin) {
        BehaviourEvent event;
        event.id = EventId{id};
        event.phase = phase;
        event.kind = "kind-" + id;
        event.camera = CameraId{"gate"};
        event.gravity = 4;
        event.started = event.time = clock_.wall();
        desk_->take(event, nullptr);
    }

    /// Everything that was raised before has been stored when this returns.
    void settle() { (void)desk_->act(IncidentId{"nobody"}, {.who = "kim"}); }

    std::vector<Incident> stored() { return store_->incidents().changes_after(0, 5000).value(); }

    incidents::IncidentSettings settings_;
    store::testing::TemporaryFolder folder_;
    store::testing::TemporaryStore store_;
    SystemClock clock_;
    Metrics metrics_;
    std::mutex mutex_;
    std::vector<std::int64_t> told_;
    std::unique_ptr<IncidentDesk> desk_;
};

TEST_F(Desk, AnActionIsStoredAndToldWhenItReturns) {
    raise("e1");
    settle();
    const IncidentId id = stored().at(0).id;
    const auto done = desk_->act(id, {.verb = IncidentVerb::Confirm, .who = "kim"});
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->state, IncidentState::Confirmed);
    EXPECT_EQ(stored().at(0).state, IncidentState::Confirmed);
    const std::scoped_lock lock(mutex_);
    EXPECT_EQ(told_.back(), done->change);
}

TEST_F(Desk, ManyPeopleAtOnceGetOneVerdictEach) {
    for (int i = 0; i < 20; ++i) {
        raise("e" + std::to_string(i));
    }
    settle();
    const std::vector<Incident> all = stored();
    ASSERT_EQ(all.size(), 20U);
    std::atomic<int> accepted = 0;
    std::vector<std::jthread> people;
    for (int person = 0; person < 4; ++person) {
        people.emplace_back([&, person] {
            for (const Incident& incident : all) {
                IncidentAction action{
                    .verb = IncidentVerb::Confirm, .who = "p" + std::to_string(person)
                };
                action.expected_change = incident.change;
                accepted += desk_->act(incident.id, action) ? 1 : 0;
            }
        });
    }
    people.clear();
    EXPECT_EQ(accepted, 20) << "whoever came second was refused";
}

TEST_F(Desk, NoChangeIsLostOrDoubledOverRestarts) {
    for (int run = 0; run < 20; ++run) {
        raise("e" + std::to_string(run));
        if (run % 2 == 1) {
            raise("e" + std::to_string(run - 1), EventPhase::End);
        }
        desk_->stop();
        open();
    }
    settle();
    const std::scoped_lock lock(mutex_);
    const std::set<std::int64_t> once(told_.begin(), told_.end());
    EXPECT_EQ(once.size(), told_.size()) << "none twice";
    EXPECT_EQ(static_cast<std::int64_t>(once.size()), store_->incidents().latest_change().value())
        << "none left out";
    EXPECT_EQ(*once.rbegin(), store_->incidents().latest_change().value());
}

TEST_F(Desk, WhoHasUnsubscribedIsNotCalled) {
    int heard = 0;
    const auto number = desk_->subscribe([&](const incidents::IncidentUpdate&) { ++heard; });
    ASSERT_TRUE(number);
    raise("e1");
    desk_->unsubscribe(*number);
    raise("e2");
    settle();
    EXPECT_EQ(heard, 1);
}

TEST_F(Desk, AfterItStoppedPeopleHearSo) {
    desk_->stop();
    EXPECT_EQ(desk_->act(IncidentId{"i"}, {.who = "kim"}).error().kind, ErrorKind::Unavailable);
}

}  // namespace
}  // namespace bongsu::app
