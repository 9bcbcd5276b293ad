#pragma once

#include "camsim/onvif/front.hpp"
#include "core/clock.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bongsu::onvif::testing {

/// The simulator's ONVIF side alone, on free ports of the loopback: real HTTP, no films.
class SimulatedCameras {
public:
    static constexpr const char* kUser = "admin";
    static constexpr const char* kPassword = "geheim & <sicher>";

    explicit SimulatedCameras(
        camsim::OnvifOptions options = {}, std::vector<std::string> names = {"plaza"}
    );

    camsim::OnvifFront& front() { return *front_; }

    /// Of the camera's device service.
    std::string address(const std::string& camera = "plaza") const {
        return front_->address_of(camera);
    }

    camsim::OnvifDevice& camera(const std::string& name = "plaza") { return *front_->device(name); }

private:
    SystemClock clock_;
    std::unique_ptr<camsim::OnvifFront> front_;
};

}  // namespace bongsu::onvif::testing
