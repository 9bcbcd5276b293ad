#include "live/testing/recording_sink.hpp"

#include <chrono>

namespace bongsu::live::testing {
namespace {

constexpr auto kPatience = std::chrono::seconds{10};
constexpr std::size_t kHeadSize = 24;

std::uint64_t little_endian(const std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t n) {
    std::uint64_t value = 0;
    for (std::size_t i = n; i > 0; --i) {
        value = (value << 8U) | bytes.at(at + i - 1);
    }
    return value;
}

}  // namespace

bool RecordingSink::send_text(std::shared_ptr<const std::string> text) {
    const std::scoped_lock lock(mutex_);
    texts_.push_back(*text);
    came_.notify_all();
    return true;
}

bool RecordingSink::send_binary(std::vector<SharedBytes> pieces) {
    std::vector<std::uint8_t> whole;
    for (const SharedBytes& piece : pieces) {
        whole.insert(whole.end(), piece->begin(), piece->end());
    }
    const std::scoped_lock lock(mutex_);
    pictures_.push_back({
        .kind = whole.at(0),
        .flags = whole.at(1),
        .counter = static_cast<std::uint32_t>(little_endian(whole, 4, 4)),
        .wall_us = static_cast<std::int64_t>(little_endian(whole, 8, 8)),
        .decode_time = little_endian(whole, 16, 8),
        .payload = {whole.begin() + kHeadSize, whole.end()},
    });
    came_.notify_all();
    return true;
}

std::vector<std::string> RecordingSink::texts() const {
    const std::scoped_lock lock(mutex_);
    return texts_;
}

std::vector<SentPicture> RecordingSink::pictures() const {
    const std::scoped_lock lock(mutex_);
    return pictures_;
}

std::vector<std::uint8_t> RecordingSink::as_file() const {
    std::vector<std::uint8_t> file;
    for (const SentPicture& picture : pictures()) {
        file.insert(file.end(), picture.payload.begin(), picture.payload.end());
    }
    return file;
}

bool RecordingSink::wait_for_pictures(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, kPatience, [&] { return pictures_.size() >= count; });
}

bool RecordingSink::wait_for_texts(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, kPatience, [&] { return texts_.size() >= count; });
}

}  // namespace bongsu::live::testing
