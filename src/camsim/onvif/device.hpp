#pragma once

#include "camsim/onvif/event_hub.hpp"
#include "camsim/onvif/login.hpp"
#include "camsim/onvif/options.hpp"
#include "camsim/onvif/ptz_head.hpp"
#include "camsim/onvif/soap.hpp"
#include "core/clock.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// What a camera tells about one of its streams.
struct OnvifStream {
    std::string token;  ///< "main" or "sub"
    std::string codec;  ///< "H264" or "H265"
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    double fps = 0;
    int kbit_s = 0;
    int gop = 0;
};

/// The ONVIF services of one simulated camera: device, Media1, Media2, PTZ, events. Requests in,
/// responses out, no sockets. Thread-safe.
class OnvifDevice {
public:
    /// `clock` and `login` must outlive it. `number` makes serial number and endpoint its own.
    OnvifDevice(
        std::string id,
        std::size_t number,
        std::vector<OnvifStream> streams,
        const OnvifOptions& options,
        const OnvifLoginCheck& login,
        const Clock& clock
    );

    /// Where this request reached the camera, as it is repeated in the addresses that it answers.
    struct Reached {
        std::string http_base;  ///< "http://127.0.0.1:8555/plaza" or without the camera's name
        std::string rtsp_base;  ///< "rtsp://127.0.0.1:8554"
    };

    /// `service` is the last part of the path: "device_service", "media2_service" ...
    net::HttpResponse answer(
        std::string_view service, const net::HttpRequest& request, const Reached& reached
    );

    const std::string& id() const { return id_; }

    /// "urn:uuid:...", the same on every start.
    std::string endpoint() const;

    /// The words of its WS-Discovery scopes.
    std::string scopes() const;

    PtzHead& ptz() { return ptz_; }

    EventHub& events() { return events_; }

private:
    net::HttpResponse dispatch(
        std::string_view service, const SoapCall& call, const Reached& reached
    );
    net::HttpResponse answer_device(const SoapCall& call, const Reached& reached);
    net::HttpResponse answer_media1(const SoapCall& call, const Reached& reached);
    net::HttpResponse answer_media2(const SoapCall& call, const Reached& reached);
    net::HttpResponse answer_ptz(const SoapCall& call);
    net::HttpResponse answer_events(const SoapCall& call, const Reached& reached);
    net::HttpResponse answer_subscription(std::string_view number, const SoapCall& call);

    std::string system_time() const;
    std::string information() const;
    std::string services(const Reached& reached) const;
    std::string capabilities(const Reached& reached) const;
    std::string profiles1() const;
    std::string profiles2() const;
    const OnvifStream* stream_of(const SoapCall& call) const;

    const std::string id_;
    const std::size_t number_;
    const std::vector<OnvifStream> streams_;
    const OnvifOptions options_;
    const OnvifLoginCheck& login_;
    const Clock& clock_;
    PtzHead ptz_;
    EventHub events_;
};

/// The fault for an operation that a service does not have.
net::HttpResponse unknown_operation(const SoapCall& call);

}  // namespace bongsu::camsim
