#pragma once

#include "eval/trend.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What visitors of a station met, from several threads.
class Tally {
public:
    /// Something of this kind took so many seconds.
    void took(const std::string& kind, double hours, double seconds) {
        const std::scoped_lock lock(mutex_);
        times_[kind].push_back({.x = hours, .y = seconds});
    }

    void done(const std::string& what) {
        const std::scoped_lock lock(mutex_);
        ++counts_[what];
    }

    void failed(double hours, const std::string& words) {
        const std::scoped_lock lock(mutex_);
        failures_.push_back(hours);
        ++words_[words];
    }

    /// By the hour at which they were begun.
    std::vector<eval::Sample> times(const std::string& kind) const {
        const std::scoped_lock lock(mutex_);
        const auto found = times_.find(kind);
        return found == times_.end() ? std::vector<eval::Sample>{} : found->second;
    }

    int count(const std::string& what) const {
        const std::scoped_lock lock(mutex_);
        const auto found = counts_.find(what);
        return found == counts_.end() ? 0 : found->second;
    }

    std::size_t failures() const {
        const std::scoped_lock lock(mutex_);
        return failures_.size();
    }

    /// How often which words came.
    std::map<std::string, int> failure_words() const {
        const std::scoped_lock lock(mutex_);
        return words_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<eval::Sample>> times_;
    std::map<std::string, int> counts_;
    std::vector<double> failures_;
    std::map<std::string, int> words_;
};

}  // namespace bongsu::bench
