#pragma once

#include "core/result.hpp"

#include <span>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::behaviours::testing {

/// `text` with its first `part` replaced.
inline std::string with_other(std::string text, const std::string& part, const std::string& other) {
    return text.replace(text.find(part), part.size(), other);
}

/// Expects that a memory with kept() and recall(), see LastingState, refuses each of these texts
/// and stays as it is.
template <class Memory>
void expect_refused(Memory& memory, std::span<const std::string> texts) {
    const std::string before = memory.kept();
    for (const std::string& text : texts) {
        const auto recalled = memory.recall(text);
        ASSERT_FALSE(recalled) << text.substr(0, 60);
        EXPECT_EQ(recalled.error().kind, ErrorKind::Corrupt) << recalled.error().message;
        EXPECT_EQ(memory.kept(), before);
    }
}

}  // namespace bongsu::behaviours::testing
