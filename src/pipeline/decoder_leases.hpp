#pragma once

#include "media/decoder/decoder.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

namespace bongsu::pipeline {

class DecoderLeases;

/// A decoder of its own for a camera that is followed; given back by destruction.
class DecoderLease {
public:
    DecoderLease(DecoderLeases& leases, media::DecoderOptions options);
    ~DecoderLease();
    DecoderLease(const DecoderLease&) = delete;
    DecoderLease& operator=(const DecoderLease&) = delete;

    media::Decoder decoder;

private:
    DecoderLeases& leases_;
};

/// Bounds the number of cameras that are decoded continuously, and with it memory. Policy when
/// full: reject. Thread-safe.
class DecoderLeases {
public:
    DecoderLeases(int most, media::DecoderOptions options)
        : most_(std::max(1, most)), options_(options) {}

    /// Null when all are in use.
    std::unique_ptr<DecoderLease> try_take() { return take_below(most_); }

    /// For a quiet camera that would keep it: half of them stay for cameras that wake.
    std::unique_ptr<DecoderLease> try_take_spare() { return take_below(most_ / 2); }

    int in_use() const { return in_use_.load(); }

private:
    friend class DecoderLease;

    std::unique_ptr<DecoderLease> take_below(int limit) {
        if (in_use_.fetch_add(1) >= limit) {
            in_use_.fetch_sub(1);
            return nullptr;
        }
        return std::make_unique<DecoderLease>(*this, options_);
    }

    const int most_;
    const media::DecoderOptions options_;
    std::atomic<int> in_use_{0};
};

inline DecoderLease::DecoderLease(DecoderLeases& leases, media::DecoderOptions options)
    : decoder(options), leases_(leases) {}

inline DecoderLease::~DecoderLease() {
    leases_.in_use_.fetch_sub(1);
}

}  // namespace bongsu::pipeline
