// Subscriptions against the simulator, as a real server.
#include "net/http_client.hpp"
#include "net/http_server.hpp"
#include "onvif/device.hpp"
#include "onvif/event_source.hpp"
#include "onvif/pull_point.hpp"
#include "onvif/testing/simulated_cameras.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

using namespace std::chrono_literals;
using testing::SimulatedCameras;

camsim::SimulatedEvent input(bool is_on) {
    return {
        .topic = "tns1:Device/Trigger/DigitalInput",
        .source_name = "InputToken",
        .source = "bell",
        .data_name = "LogicalState",
        .data = is_on ? "true" : "false",
        .time = {}
    };
}

class Subscription : public ::testing::Test {
protected:
    SystemClock clock_;
    SimulatedCameras cameras_;
    SoapChannel channel_{
        net::http_call, {SimulatedCameras::kUser, SimulatedCameras::kPassword}, clock_
    };

    Result<PullPoint> subscribe(const PullPointOptions& options = {}) {
        BONGSU_ASSIGN(const Url device, device_service(cameras_.address()));
        BONGSU_ASSIGN(const Services services, read_services(channel_, device, true));
        return PullPoint::create(channel_, *services.events, options);
    }

    camsim::EventHub& hub() { return cameras_.camera().events(); }
};

TEST_F(Subscription, BeginsWithThePresentState) {
    auto point = subscribe();
    ASSERT_TRUE(point) << point.error().describe();
    const auto events = point->pull(1s, 10);
    ASSERT_TRUE(events) << events.error().describe();
    ASSERT_EQ(events->size(), 1U);
    EXPECT_EQ(events->front().topic, "RuleEngine/CellMotionDetector/Motion");
    EXPECT_EQ(events->front().operation, PropertyOperation::Initialized);
}

TEST_F(Subscription, HearsWhatHappensAndWaitsOtherwise) {
    auto point = subscribe();
    ASSERT_TRUE(point) << point.error().describe();
    ASSERT_TRUE(point->pull(1s, 10));
    hub().publish(input(true));
    hub().publish(input(false));
    const auto first = point->pull(1s, 1);
    ASSERT_TRUE(first);
    ASSERT_EQ(first->size(), 1U);
    EXPECT_EQ(interpret(first->front()).kind, "digital_input");
    EXPECT_EQ(interpret(first->front()).is_active, true);
    EXPECT_EQ(point->pull(1s, 10)->size(), 1U);
    const MonoTime begin = clock_.mono();
    EXPECT_TRUE(point->pull(1s, 10)->empty());
    EXPECT_GE(clock_.mono() - begin, 900ms);
}

TEST_F(Subscription, LivesOnWhenRenewedAndEndsWhenAsked) {
    auto point = subscribe({.lifetime = 3s});
    ASSERT_TRUE(point) << point.error().describe();
    EXPECT_LE(point->renew_at(), clock_.mono() + 3s);
    ASSERT_TRUE(point->renew());
    EXPECT_EQ(hub().subscriptions(), 1U);
    ASSERT_TRUE(point->unsubscribe());
    EXPECT_EQ(hub().subscriptions(), 0U);
    EXPECT_FALSE(point->pull(1s, 10));
    EXPECT_FALSE(point->renew());
}

/// Collects what a source tells.
class Heard {
public:
    OnvifEventSource::Sink sink() {
        return [this](const BehaviourEvent& event) {
            const std::scoped_lock lock(mutex_);
            events_.push_back(event);
            changed_.notify_all();
        };
    }

    bool wait_for(std::size_t count, Duration at_most = 10s) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, at_most, [&] { return events_.size() >= count; });
    }

    std::vector<BehaviourEvent> events() {
        const std::scoped_lock lock(mutex_);
        return events_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<BehaviourEvent> events_;
};

OnvifConfig config_of(const SimulatedCameras& cameras, const char* password) {
    return {
        .address = cameras.address(),
        .user = SimulatedCameras::kUser,
        .password = password,
        .has_events = true
    };
}

TEST(EventSource, TurnsScriptedMotionIntoBeginsAndEnds) {
    SimulatedCameras cameras({.motion_every = 200ms});
    const SystemClock clock;
    Metrics metrics;
    Heard heard;
    OnvifEventSource source(heard.sink(), net::http_call, clock, metrics, {.wait = 1s});
    ASSERT_TRUE(source.follow(CameraId{"plaza"}, config_of(cameras, SimulatedCameras::kPassword)));
    ASSERT_TRUE(heard.wait_for(4));
    const auto events = heard.events();
    EXPECT_EQ(events[0].phase, EventPhase::Begin);
    EXPECT_EQ(events[1].phase, EventPhase::End);
    EXPECT_EQ(events[0].id, events[1].id);
    EXPECT_NE(events[0].id, events[2].id);
    EXPECT_EQ(events[0].camera, CameraId{"plaza"});
    EXPECT_TRUE(source.links().at(0).is_heard);
    source.stop();
    EXPECT_EQ(cameras.camera().events().subscriptions(), 0U);  // none is left behind
}

TEST(EventSource, EndsOpenAlarmsOfACameraThatIsForgotten) {
    SimulatedCameras cameras;
    const SystemClock clock;
    Metrics metrics;
    Heard heard;
    OnvifEventSource source(heard.sink(), net::http_call, clock, metrics, {.wait = 1s});
    ASSERT_TRUE(source.follow(CameraId{"gate"}, config_of(cameras, SimulatedCameras::kPassword)));
    for (int i = 0; i < 500 && cameras.camera().events().subscriptions() == 0; ++i) {
        std::this_thread::sleep_for(10ms);
    }
    cameras.camera().events().publish(input(true));
    ASSERT_TRUE(heard.wait_for(1));
    source.forget(CameraId{"gate"});
    ASSERT_TRUE(heard.wait_for(2, 1s));
    EXPECT_EQ(heard.events()[1].phase, EventPhase::End);
    EXPECT_TRUE(source.links().empty());
}

TEST(EventSource, SaysWhyACameraIsNotHeardAndRefusesTooMany) {
    SimulatedCameras cameras;
    const SystemClock clock;
    Metrics metrics;
    Heard heard;
    OnvifEventSource source(
        heard.sink(), net::http_call, clock, metrics, {.max_cameras = 1, .first_retry = 10ms}
    );
    ASSERT_TRUE(source.follow(CameraId{"gate"}, config_of(cameras, "wrong-secret")));
    std::string problem;
    for (int i = 0; i < 500 && problem.empty(); ++i) {
        std::this_thread::sleep_for(10ms);
        problem = source.links().at(0).problem;
    }
    EXPECT_TRUE(problem.contains("refuse")) << problem;
    EXPECT_FALSE(problem.contains("wrong-secret"));
    const Status second = source.follow(CameraId{"yard"}, config_of(cameras, "x"));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::ResourceExhausted);
}

/// Resident memory of this program in kB (proc_pid_statm(5)).
long resident_kb() {
    long size = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * 4;
}

TEST(EventSource, FollowsAsManyCamerasAsItSaysForLittleMemory) {
    Metrics metrics;
    const SystemClock clock;
    net::HttpServer deaf(
        {},
        [](const net::HttpRequest&) -> net::HttpAnswer { return net::HttpResponse{.status = 404}; },
        metrics
    );
    ASSERT_TRUE(deaf.start());
    const OnvifConfig config{.address = "127.0.0.1:" + std::to_string(deaf.port())};
    const EventSourceOptions options{.first_retry = 60s};
    OnvifEventSource source([](const BehaviourEvent&) {}, net::http_call, clock, metrics, options);
    const long before = resident_kb();
    for (std::size_t i = 0; i < options.max_cameras; ++i) {
        ASSERT_TRUE(source.follow(CameraId("c" + std::to_string(i)), config));
    }
    EXPECT_EQ(
        source.follow(CameraId("one-more"), config).error().kind, ErrorKind::ResourceExhausted
    );
    const auto have_all_tried = [&] {
        return std::ranges::none_of(source.links(), [](const EventLink& link) {
            return link.problem.empty();
        });
    };
    const MonoTime until = clock.mono() + 60s;
    while (!have_all_tried() && clock.mono() < until) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(have_all_tried());
    const long each = (resident_kb() - before) / static_cast<long>(options.max_cameras);
    std::printf("memory of a camera that is followed: %ld kB\n", each);
    EXPECT_LT(each, 200);
}

}  // namespace
}  // namespace bongsu::onvif
