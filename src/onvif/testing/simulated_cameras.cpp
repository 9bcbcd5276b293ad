#include "onvif/testing/simulated_cameras.hpp"

#include <stdexcept>

namespace bongsu::onvif::testing {

SimulatedCameras::SimulatedCameras(camsim::OnvifOptions options, std::vector<std::string> names) {
    options.is_on = true;
    options.port = 0;
    options.discovery_port = 0;
    std::vector<camsim::OnvifCamera> cameras;
    for (std::string& name : names) {
        cameras.push_back(
            {std::move(name),
             {{.token = "main",
               .codec = "H265",
               .width = 1920,
               .height = 1080,
               .fps = 25,
               .kbit_s = 4096,
               .gop = 50},
              {.token = "sub",
               .codec = "H264",
               .width = 640,
               .height = 360,
               .fps = 10,
               .kbit_s = 512,
               .gop = 20}}}
        );
    }
    front_ = std::make_unique<camsim::OnvifFront>(
        camsim::OnvifFrontSetup{
            .options = options,
            .bind = "127.0.0.1",
            .needs_login = true,
            .credentials = {kUser, kPassword},
            .nonce = "0123456789abcdef"
        },
        std::move(cameras),
        clock_
    );
    if (const Status started = front_->start(8554); !started) {
        throw std::runtime_error(started.error().describe());
    }
}

}  // namespace bongsu::onvif::testing
