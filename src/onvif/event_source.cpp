#include "onvif/event_source.hpp"

#include "core/log.hpp"
#include "exec/thread_name.hpp"
#include "onvif/alarms.hpp"
#include "onvif/device.hpp"
#include "onvif/metrics.hpp"
#include "onvif/pull_point.hpp"
#include "onvif/soap_channel.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace bongsu::onvif {

namespace {

constexpr int kPullLimit = 100;

/// What all cameras of one source share.
struct Common {
    OnvifEventSource::Sink sink;
    Http http;
    const Clock& clock;
    EventSourceOptions options;
    Counter& received;
    Counter& raised;
    Gauge& subscriptions;
    Counter& failures;
};

/// One camera on its own thread.
class Listener {
public:
    Listener(const Common& common, CameraId camera, OnvifConfig config, Url device)
        : common_(common),
          camera_(std::move(camera)),
          config_(std::move(config)),
          device_(std::move(device)),
          alarms_(camera_, common.clock),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Listener() {
        thread_.request_stop();
        thread_.join();
    }

    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void request_stop() { thread_.request_stop(); }

    const OnvifConfig& config() const { return config_; }

    EventLink link() const {
        const std::scoped_lock lock(mutex_);
        return {camera_, is_heard_, problem_};
    }

private:
    void run(const std::stop_token& stop) {
        exec::set_thread_name("onvif-events");
        Duration pause = common_.options.first_retry;
        while (!stop.stop_requested()) {
            bool was_heard = false;
            const Status status = listen(stop, was_heard);
            hand_on(alarms_.end_all());
            if (stop.stop_requested()) {
                return;
            }
            note_failure(status.error());
            pause = was_heard ? common_.options.first_retry : pause;
            std::unique_lock lock(mutex_);
            woken_.wait_for(lock, stop, pause, [] { return false; });
            pause = std::min(pause * 2, common_.options.last_retry);
        }
    }

    /// Returns without an error only when stopped.
    Status listen(const std::stop_token& stop, bool& was_heard) {
        SoapChannel channel(
            common_.http,
            {config_.user, config_.password},
            common_.clock,
            {.deadline = common_.options.call_deadline}
        );
        if (const auto offset = read_clock_offset(channel, device_)) {
            channel.set_clock_offset(*offset);
        }
        BONGSU_ASSIGN(const Services services, read_services(channel, device_, true));
        if (!services.events) {
            return fail(ErrorKind::Unsupported, "the camera offers no events");
        }
        BONGSU_ASSIGN(PullPoint point, PullPoint::create(channel, *services.events));
        was_heard = true;
        note_heard(true);
        const Status status = pull_on(point, channel, stop);
        note_heard(false);
        if (stop.stop_requested()) {
            (void)point.unsubscribe();
        }
        return status;
    }

    Status pull_on(PullPoint& point, const SoapChannel& channel, const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            BONGSU_ASSIGN(
                const std::vector<OnvifEvent> events, point.pull(common_.options.wait, kPullLimit)
            );
            common_.received.add(static_cast<double>(events.size()));
            for (const OnvifEvent& event : events) {
                hand_on(alarms_.take(event, channel.clock_offset()));
            }
            if (common_.clock.mono() >= point.renew_at()) {
                BONGSU_TRY(point.renew());
            }
        }
        return {};
    }

    void hand_on(const std::vector<BehaviourEvent>& events) {
        for (const BehaviourEvent& event : events) {
            common_.raised.add(event.phase == EventPhase::Begin ? 1 : 0);
            common_.sink(event);
        }
    }

    void note_heard(bool is_heard) {
        common_.subscriptions.add(is_heard ? 1 : -1);
        const std::scoped_lock lock(mutex_);
        is_heard_ = is_heard;
        if (is_heard) {
            problem_.clear();
        }
    }

    /// Logged when the reason changes, not at each attempt.
    void note_failure(const Error& error) {
        common_.failures.add();
        const std::scoped_lock lock(mutex_);
        if (problem_ != error.message) {
            problem_ = error.message;
            log::warn(
                "onvif.events_lost", {{"camera", camera_.value()}, {"reason", error.describe()}}
            );
        }
    }

    const Common& common_;
    const CameraId camera_;
    const OnvifConfig config_;
    const Url device_;
    CameraAlarms alarms_;  // of the thread alone
    mutable std::mutex mutex_;
    std::condition_variable_any woken_;
    bool is_heard_ = false;
    std::string problem_;
    std::jthread thread_;  // last: it uses everything above
};

}  // namespace

struct OnvifEventSource::Impl {
    Common common;
    mutable std::mutex mutex;
    std::map<CameraId, std::unique_ptr<Listener>> listeners;
    bool is_stopped = false;
};

OnvifEventSource::OnvifEventSource(
    Sink sink, Http http, const Clock& clock, Metrics& metrics, EventSourceOptions options
)
    : impl_(new Impl{
          .common =
              {.sink = std::move(sink),
               .http = std::move(http),
               .clock = clock,
               .options = options,
               .received = metrics.counter(kEventsReceived),
               .raised = metrics.counter(kAlarmsRaised),
               .subscriptions = metrics.gauge(kSubscriptions),
               .failures = metrics.counter(kSubscriptionFailures)},
      }) {}

OnvifEventSource::~OnvifEventSource() {
    stop();
}

Status OnvifEventSource::follow(const CameraId& camera, const OnvifConfig& config) {
    BONGSU_ASSIGN(Url device, device_service(config.address));
    {
        const std::scoped_lock lock(impl_->mutex);
        const auto found = impl_->listeners.find(camera);
        if (found != impl_->listeners.end() && found->second->config() == config) {
            return {};
        }
    }
    forget(camera);
    const std::scoped_lock lock(impl_->mutex);
    if (impl_->is_stopped) {
        return fail(ErrorKind::Cancelled, "the program is stopping");
    }
    if (impl_->listeners.size() >= impl_->common.options.max_cameras) {
        return fail(
            ErrorKind::ResourceExhausted,
            "events of at most " + std::to_string(impl_->common.options.max_cameras) +
                " cameras are heard; '" + camera.value() + "' is left out"
        );
    }
    impl_->listeners[camera] =
        std::make_unique<Listener>(impl_->common, camera, config, std::move(device));
    return {};
}

void OnvifEventSource::forget(const CameraId& camera) {
    std::unique_ptr<Listener> forgotten;  // joined outside the lock
    const std::scoped_lock lock(impl_->mutex);
    if (const auto found = impl_->listeners.find(camera); found != impl_->listeners.end()) {
        forgotten = std::move(found->second);
        impl_->listeners.erase(found);
    }
}

void OnvifEventSource::stop() {
    std::map<CameraId, std::unique_ptr<Listener>> all;
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->is_stopped = true;
        all.swap(impl_->listeners);
    }
    for (const auto& [camera, listener] : all) {
        listener->request_stop();
    }
}

std::vector<EventLink> OnvifEventSource::links() const {
    const std::scoped_lock lock(impl_->mutex);
    std::vector<EventLink> links;
    for (const auto& [camera, listener] : impl_->listeners) {
        links.push_back(listener->link());
    }
    return links;
}

}  // namespace bongsu::onvif
