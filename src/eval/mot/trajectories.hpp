#pragma once

#include "eval/mot/sequence.hpp"

#include <map>

namespace bongsu::eval {

/// Numbers ids 0, 1, 2 ... in the order of their appearance and counts the boxes of each.
class Trajectories {
public:
    explicit Trajectories(const MotFrames& frames) {
        for (const auto& frame : frames) {
            for (const MotRow& row : frame) {
                const auto [at, is_new] = index_of_.try_emplace(row.id, boxes_.size());
                if (is_new) {
                    boxes_.push_back(0);
                }
                ++boxes_[at->second];
            }
        }
    }

    std::size_t size() const { return boxes_.size(); }

    /// Index of an id that occurs in the frames.
    std::size_t index(int id) const { return index_of_.at(id); }

    int boxes(std::size_t index) const { return boxes_[index]; }

private:
    std::map<int, std::size_t> index_of_;
    std::vector<int> boxes_;
};

}  // namespace bongsu::eval
