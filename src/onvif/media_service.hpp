#pragma once

#include "core/result.hpp"
#include "onvif/device.hpp"
#include "onvif/profile.hpp"
#include "onvif/remark.hpp"
#include "onvif/soap_channel.hpp"

#include <string>
#include <vector>

namespace bongsu::onvif {

/// Which generation of the media service to talk to.
enum class MediaGeneration { Media1, Media2 };

/// The profiles without addresses: one call.
Result<std::vector<MediaProfile>> read_bare_profiles(
    SoapChannel& channel, const Url& service, MediaGeneration generation
);

/// The profiles with their stream and snapshot addresses. A profile whose address the camera does
/// not tell keeps an empty one, and `problems` gets a sentence. `asked` is how we reached the
/// camera; null leaves the hosts in addresses as they are.
Result<std::vector<MediaProfile>> read_profiles(
    SoapChannel& channel,
    const Url& service,
    MediaGeneration generation,
    const Url* asked,
    std::vector<Remark>& problems
);

}  // namespace bongsu::onvif
