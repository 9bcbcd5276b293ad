#include "live/still_maker.hpp"

#include "live/metrics.hpp"

#include <utility>

namespace bongsu::live {

StillMaker::StillMaker(const LiveConfig& config, EncodeJpeg encode_jpeg, Metrics& metrics)
    : wait_(config.still_wait),
      encode_jpeg_(std::move(encode_jpeg)),
      made_(metrics.counter(kPictures, {{"use", "still"}})),
      failed_(metrics.counter(kPictureFailures, {{"use", "still"}})),
      places_(config.still_decodes) {}

Result<SharedBytes> StillMaker::make(
    const AccessUnit& key, int max_width, const std::vector<Polygon>& private_masks
) {
    if (!places_.try_acquire_for(wait_)) {
        return fail(ErrorKind::Timeout, "too many stills are being made; try again");
    }
    auto jpeg = decode_and_encode(key, max_width, private_masks);
    places_.release();
    if (!jpeg) {
        failed_.add();
        return fail(jpeg.error().within("still of camera '" + key.camera.value() + "'"));
    }
    made_.add();
    return std::make_shared<const std::vector<std::uint8_t>>(*std::move(jpeg));
}

Result<std::vector<std::uint8_t>> StillMaker::decode_and_encode(
    const AccessUnit& key, int max_width, const std::vector<Polygon>& private_masks
) {
    media::Decoder decoder = take_decoder();
    auto frame = decoder.decode_key(key);
    {
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(decoder));
    }
    if (!frame) {
        return fail(frame.error());
    }
    return encode_for_viewers(*frame, max_width, private_masks, encode_jpeg_);
}

media::Decoder StillMaker::take_decoder() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) {
        return media::Decoder();
    }
    media::Decoder decoder = std::move(idle_.back());
    idle_.pop_back();
    return decoder;
}

Result<SharedBytes> StillCache::get(
    const AccessUnitPtr& key,
    int max_width,
    const std::vector<Polygon>& private_masks,
    StillMaker& maker
) {
    const std::scoped_lock lock(mutex_);
    if (key_ != key) {
        entries_.clear();
        key_ = key;
    }
    for (const Entry& entry : entries_) {
        if (entry.max_width == max_width) {
            return entry.bytes;
        }
    }
    BONGSU_ASSIGN(SharedBytes bytes, maker.make(*key, max_width, private_masks));
    if (entries_.size() >= kMostWidths) {
        entries_.erase(entries_.begin());
    }
    entries_.push_back({.max_width = max_width, .bytes = bytes});
    return bytes;
}

void StillCache::clear() {
    const std::scoped_lock lock(mutex_);
    entries_.clear();
    key_ = nullptr;
}

}  // namespace bongsu::live
