#pragma once

#include "camsim/film.hpp"
#include "camsim/simulator.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::bench {

inline constexpr int kGravities = 5;

/// One camera of the town.
struct TownCamera {
    CameraId id;
    int gravity = 1;       ///< of its rule
    bool is_walk = false;  ///< people walk into its empty scene now and then
};

/// A simulated town: cameras that have people in view all the time, a fifth of them of each
/// gravity, and one camera of each gravity into whose empty scene people walk for the last ten
/// seconds of each film's forty.
class Town {
public:
    /// `films` is the folder of tools/density/make_films and tools/overload/make_film.
    static Result<Town> build(const std::filesystem::path& films, int busy, const Clock& clock);

    Status start() { return simulator_->start(); }

    void stop() { simulator_->stop(); }

    const std::vector<TownCamera>& cameras() const { return cameras_; }

    const camsim::Film& film_of(const TownCamera& camera) const {
        return camera.is_walk ? *walk_ : *busy_;
    }

    /// When the first picture with people left the simulator, each time.
    std::vector<MonoTime> walks_of(const TownCamera& camera) const;

    /// Pictures that no client could have, as the simulator was late.
    std::int64_t left_out(const CameraId& camera) const;

    /// The city of a station that records and analyses all of them on one core.
    Status write_config(const std::filesystem::path& path, const std::filesystem::path& data) const;

private:
    Town() = default;

    std::vector<TownCamera> cameras_;
    std::shared_ptr<const camsim::Film> busy_;
    std::shared_ptr<const camsim::Film> walk_;
    std::unique_ptr<camsim::CameraSimulator> simulator_;
};

}  // namespace bongsu::bench
