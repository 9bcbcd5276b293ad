#pragma once

#include "core/clock.hpp"
#include "core/value.hpp"
#include "soak/office.hpp"
#include "soak/tally.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::bench {

/// What visitors of a station work with.
struct Neighbourhood {
    std::vector<std::string> cameras;  ///< that have no faults
    Value::Map guest;                  ///< a further camera's configuration, without its id
    MonoTime begin;                    ///< hours are counted from here
};

/// Everybody who uses a station while it soaks, each on a thread of its own: consoles on the stream
/// of events that follow two live pictures, an operator who acknowledges and closes incidents, a
/// page that asks again and again, one who opens live pictures, one who plays back, and one who
/// adds and removes a camera. Their times go to the tally as "api", "picture" and "change".
class Visitors {
public:
    Visitors(Office& office, Neighbourhood place, Tally& tally);
    ~Visitors();
    Visitors(const Visitors&) = delete;
    Visitors& operator=(const Visitors&) = delete;

private:
    void every(Duration interval, std::function<Status()> round);
    double hours() const;
    /// Times one request of the operator under this kind.
    Result<Value> timed(
        const std::string& kind,
        const std::string& method,
        const std::string& target,
        const Value& body = {}
    );

    void watch(const std::stop_token& stop);
    Status poll();
    Status handle_incidents();
    Status open_picture();
    Status play_back();
    Status change_cameras();

    Office& office_;
    const Neighbourhood place_;
    Tally& tally_;
    const SystemClock clock_;
    std::size_t polls_ = 0;
    std::size_t pictures_ = 0;
    std::size_t plays_ = 0;
    std::size_t guests_ = 0;
    std::vector<std::jthread> threads_;
};

}  // namespace bongsu::bench
