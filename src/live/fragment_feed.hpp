#pragma once

#include "live/feed.hpp"
#include "live/fragment_clock.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::live {

/// One stream as fMP4: an init segment per change of parameters, one fragment per access unit, made
/// once and shared by all viewers. Nothing is re-encoded and nothing copied.
class FragmentFeed : public Feed {
public:
    static constexpr std::size_t kMostUnits = 512;  ///< waiting; over 15 s of one stream

    FragmentFeed(
        exec::WorkerPool& pool,
        StreamRole role,
        std::shared_ptr<const FeedParts> parts,
        Counter& fragments,
        std::size_t most_units = kMostUnits
    );

protected:
    void on_first_join(const HeldUnits& held) override;
    void on_unit(const AccessUnitPtr& unit, bool is_held) override;
    void on_idle() override;

private:
    struct Fragment {
        MessageHead head;
        SharedBytes wire_head;  ///< without the gap flag
        SharedBytes moof;
        SharedBytes data;
    };

    void on_join(LiveViewer& viewer) override;
    void on_announce(LiveViewer& viewer) override;

    bool begin(const AccessUnit& unit);
    bool is_new_run(const AccessUnit& unit) const;
    bool has_other_parameters(const CodecParameters& parameters) const;
    bool change_parameters(const AccessUnit& unit);
    std::optional<Fragment> make(const AccessUnit& unit);
    void keep(const Fragment& fragment, bool is_held);
    void send_begin(LiveViewer& viewer);
    void send_fragment(LiveViewer& viewer, const Fragment& fragment);
    void make_wait(LiveViewer& viewer);

    const StreamRole role_;
    Counter& fragments_;
    FragmentClock clock_;
    std::shared_ptr<const CodecParameters> parameters_;
    std::shared_ptr<const CodecParameters> refused_;  ///< told once
    std::string mime_;
    SharedBytes init_;
    std::vector<Fragment> gop_;  ///< what a further viewer begins with
    bool is_gop_whole_ = false;
    bool needs_key_ = true;
    std::optional<std::uint64_t> last_sequence_;
    std::int64_t last_media_time_ = 0;
    std::uint32_t counter_ = 0;
};

}  // namespace bongsu::live
