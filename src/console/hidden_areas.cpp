#include "console/hidden_areas.hpp"

namespace bongsu::console {

bool may_unmask(const Call& call, const fleet::FleetCamera& camera) {
    return identity::judge(
               *call.principal, identity::Right::Unmask, subject_of(camera.config), call.purpose
           ) == identity::Verdict::Allowed;
}

std::vector<Polygon> hidden_areas(const Call& call, const fleet::FleetCamera& camera) {
    return may_unmask(call, camera) ? std::vector<Polygon>{} : camera.config.private_masks;
}

}  // namespace bongsu::console
