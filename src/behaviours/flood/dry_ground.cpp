#include "behaviours/flood/dry_ground.hpp"

#include <algorithm>

namespace bongsu::behaviours::flood {
namespace {

constexpr int kMemory = 30;           // looks
constexpr float kStructured = 0.35F;  // agreement from which a cell's structure can be missed
constexpr float kKept = 0.3F;         // share of the usual direction that must be left
constexpr float kReplaced = 0.5F;     // agreement from which something else took its place
constexpr int kEnoughElsewhere = 12;  // structured cells

float ratio(int part, int whole) {
    return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : 0;
}

}  // namespace

void DryGround::learn(const GroundTexture& texture, float weight) {
    looks_ = std::min(looks_ + 1, kMemory);
    const float rate = weight / static_cast<float>(looks_);
    for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
        const GroundTexture::Lean& now = texture.at(cell);
        usual_[cell].x += rate * (now.x - usual_[cell].x);
        usual_[cell].y += rate * (now.y - usual_[cell].y);
        lumas_[cell] += rate * (texture.luma_at(cell) - lumas_[cell]);
    }
}

Loss DryGround::loss(const GroundTexture& texture, const Cells& ground, const Cells& hidden) const {
    int structured = 0;
    int on_ground = 0;
    int gone = 0;
    int gone_elsewhere = 0;
    int drowned = 0;
    float brightened = 0;
    for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
        const GroundTexture::Lean& usual = usual_[cell];
        if (hidden[cell] || usual.agreement() < kStructured) {
            continue;
        }
        const GroundTexture::Lean& now = texture.at(cell);
        const float kept =
            (now.x * usual.x + now.y * usual.y) / (usual.x * usual.x + usual.y * usual.y);
        const bool is_gone = kept < kKept;
        ++structured;
        gone += is_gone ? 1 : 0;
        gone_elsewhere += is_gone && !ground[cell] ? 1 : 0;
        on_ground += ground[cell] ? 1 : 0;
        if (ground[cell] && is_gone && now.agreement() < kReplaced) {
            ++drowned;
            brightened += texture.luma_at(cell) - lumas_[cell];
        }
    }
    const int elsewhere = structured - on_ground;
    return {
        .drowned = ratio(drowned, on_ground),
        .anywhere = ratio(gone, structured),
        .elsewhere = elsewhere >= kEnoughElsewhere ? ratio(gone_elsewhere, elsewhere) : 0,
        .brightened = drowned > 0 ? brightened / static_cast<float>(drowned) : 0,
        .structured = on_ground
    };
}

}  // namespace bongsu::behaviours::flood
