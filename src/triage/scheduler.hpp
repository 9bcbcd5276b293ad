#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>

namespace bongsu::triage {

struct SchedulerSettings {
    double budget = 1.6;  ///< CPU seconds per second for all cameras together
    Duration max_unwatched = std::chrono::seconds{60};
    Duration lag_limit =
        std::chrono::milliseconds{1500};  ///< pictures older than this when analysed: overload
    double least_share = 0.1;             ///< of the wanted analysis rate, whatever the load
};

/// What the CPU time was spent on.
enum class Stage { Gate, Decode, Detect, Follow };
inline constexpr std::size_t kStages = 4;
std::string_view to_string(Stage stage);

inline constexpr std::size_t kGravities = 5;

/// What the cameras of one gravity get of the analyses that they want.
struct GravityShare {
    std::size_t cameras = 0;  ///< that want any
    double least = 1;         ///< of the camera that was cut most
    double mean = 1;
};

struct SchedulerStatus {
    double used = 0;            ///< CPU seconds per second, smoothed
    double budget = 0;          ///< what it may be now, after lag
    double wanted = 0;          ///< what it would be if nothing were left out, smoothed
    double least_share = 1;     ///< of the camera that was cut most
    bool is_behind = false;     ///< some camera has been cut for seconds
    std::uint64_t thinned = 0;  ///< analyses left out over budget since the start
    std::array<GravityShare, kGravities> by_gravity{};  ///< gravity 1 first
};

/// Shares a CPU budget over all cameras. What a camera wants is measured: what its looks cost times
/// how often it asks for one. Decoding, gating and tracking are paid first, the rest is shared
/// weighted max-min fair: no camera gets more than it wants, and what it leaves goes to the others
/// by weight. The weight grows with gravity, age of the last look and expected change. A camera
/// that asks for nothing saves up some looks, so that who walks into its picture is noticed as fast
/// as ever, however busy the others are. When pictures are analysed too late although the budget
/// says otherwise (somebody else uses the machine), the budget shrinks, and grows back slowly.
/// Independently of all this each camera is due for the detector within max_unwatched. Thread-safe.
class Scheduler {
public:
    explicit Scheduler(SchedulerSettings settings) : settings_(settings) {}

    /// `gravity` 1-5, the highest of the camera's rules.
    void add(const CameraId& camera, int gravity);
    void remove(const CameraId& camera);

    void charge(const CameraId& camera, Stage stage, Duration cpu);
    void set_expected_change(const CameraId& camera, float change);  ///< 0..1
    void report_age(Duration age);  ///< of a picture when its analysis began

    /// One opportunity to analyse at the wanted rate; false when it must be left out to keep the
    /// budget.
    bool admit(const CameraId& camera);

    /// The detector looked at a picture taken then.
    void note_look(const CameraId& camera, WallTime taken);
    /// Whether the detector must look at the picture of `taken`, as the next one in `until_next`
    /// would be too late. True for a camera never looked at. First turns are spread, so that
    /// cameras added together do not fall due together for ever.
    bool is_look_due(const CameraId& camera, WallTime taken, Duration until_next) const;

    /// Measures and shares anew; call about once a second.
    void rebalance(MonoTime now);

    double share(const CameraId& camera) const;  ///< 0..1
    SchedulerStatus status() const;

private:
    /// Enough to notice somebody, to follow him and to be sure of him.
    static constexpr double kSavedLooks = 5;

    struct Account {
        int gravity = 3;
        float expected_change = 0;
        std::array<Duration, kStages> charged{};  ///< since the last rebalance
        int asked = 0;                            ///< for a look, since the last rebalance
        int looks = 0;                            ///< charged for, since the last rebalance
        double fixed = 0;                         ///< smoothed CPU s/s of all but the detector
        double look_cost = 0;                     ///< smoothed CPU s of one look
        double ask_rate = 0;                      ///< smoothed 1/s
        double share = 1;
        double credit = kSavedLooks;  ///< looks

        double wanted() const { return look_cost * ask_rate; }  ///< CPU s/s of the detector

        double phase = 0;  ///< 0..1, shortens the first turn
        bool has_been_spread = false;
        std::optional<WallTime> last_look;
    };

    void measure(double seconds);
    void adapt_to_lag();
    void distribute(double available);
    void note_cuts();
    double weight_of(const Account& account) const;

    const SchedulerSettings settings_;
    mutable std::mutex mutex_;
    std::map<CameraId, Account> accounts_;
    std::optional<MonoTime> last_rebalance_;
    WallTime newest_look_{};
    Duration worst_age_{};
    double lag_factor_ = 1;
    double used_ = 0;
    bool is_behind_ = false;
    int turns_of_change_ = 0;  ///< in which is_behind_ was no longer so
    std::uint64_t thinned_ = 0;
};

}  // namespace bongsu::triage
