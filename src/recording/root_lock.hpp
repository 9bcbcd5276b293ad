#pragma once

#include "core/result.hpp"
#include "recording/disk.hpp"

#include <string>

namespace bongsu::recording {

/// The right to write into a recordings folder, held by one process at a time through a locked
/// file.
class RootLock {
public:
    /// Makes the folder if needed, proves that it can be written, and locks it.
    static Result<RootLock> take(const std::string& root);

private:
    explicit RootLock(Fd file) : file_(std::move(file)) {}

    Fd file_;  ///< the lock ends when it is closed, also by a crash
};

}  // namespace bongsu::recording
