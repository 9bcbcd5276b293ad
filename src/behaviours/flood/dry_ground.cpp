#include "behaviours/flood/dry_ground.hpp"

#include "behaviours/kept_number.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace bongsu::behaviours::flood {
namespace {

constexpr int kMemory = 240;          // looks
constexpr float kStructured = 0.35F;  // agreement from which a cell's structure can be missed
constexpr float kKept = 0.3F;         // share of the usual direction that must be left
constexpr float kReplaced = 0.5F;     // agreement from which something else took its place
constexpr int kEnoughElsewhere = 12;  // structured cells

constexpr float kLeanUnits = 1000;  // of what is kept
constexpr float kLumaUnits = 10;

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
    int replaced = 0;
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
        replaced += is_gone && now.agreement() >= kStructured ? 1 : 0;
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
        .replaced = ratio(replaced, structured),
        .brightened = drowned > 0 ? brightened / static_cast<float>(drowned) : 0,
        .structured = on_ground
    };
}

Value DryGround::kept() const {
    Value::List leans;
    Value::List lumas;
    for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
        leans.push_back(kept_number(usual_[cell].x, kLeanUnits));
        leans.push_back(kept_number(usual_[cell].y, kLeanUnits));
        lumas.push_back(kept_number(lumas_[cell], kLumaUnits));
    }
    return Value::Map{{"looks", looks_}, {"leans", std::move(leans)}, {"lumas", std::move(lumas)}};
}

Result<DryGround> DryGround::recall(const Value& kept) {
    const auto broken = [](const char* what) {
        return fail(
            ErrorKind::Corrupt, std::string("what is known of the dry ground: wrong ") + what
        );
    };
    const Value* const looks = kept.find("looks");
    const Value* const leans = kept.find("leans");
    const Value* const lumas = kept.find("lumas");
    const auto has_list = [](const Value* value, std::size_t length) {
        return value != nullptr && value->as_list() != nullptr &&
               value->as_list()->size() == length;
    };
    const auto seen = looks != nullptr ? recalled_number(*looks, 1, kMemory) : std::nullopt;
    if (!seen || *seen < 0) {
        return broken("number of looks");
    }
    if (!has_list(leans, 2 * GroundTexture::kCells) || !has_list(lumas, GroundTexture::kCells)) {
        return broken("number of cells");
    }
    DryGround ground;
    ground.looks_ = static_cast<int>(*seen);
    for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
        const auto x = recalled_number(leans->as_list()->at(2 * cell), kLeanUnits, 1);
        const auto y = recalled_number(leans->as_list()->at(2 * cell + 1), kLeanUnits, 1);
        const auto luma = recalled_number(lumas->as_list()->at(cell), kLumaUnits, 255);
        if (!x || !y || !luma) {
            return broken("number in a cell");
        }
        ground.usual_[cell] = {*x, *y};
        ground.lumas_[cell] = *luma;
    }
    return ground;
}

}  // namespace bongsu::behaviours::flood
