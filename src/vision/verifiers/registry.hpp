#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bongsu::verifiers {

/// Says how sure it is that a part of a picture, or of the last seconds, shows the one thing that
/// it was made for. Has no memory of its own: pictures come with each question.
/// Runs on: one thread at a time.
class Verifier {
public:
    virtual ~Verifier() = default;

    /// `recent`: pictures of one camera and one size, oldest first, the present one last; never
    /// empty, and only the present one unless somebody keeps looking. `where` in their pixels,
    /// inside the picture, never empty. 0..1, or nothing when it cannot tell: too small, too few
    /// pictures. Errors are those of the model.
    virtual Result<std::optional<float>> verify(
        std::span<const Frame> recent, const Box& where
    ) = 0;
};

struct Registration {
    std::string name;
    std::string help;  ///< one sentence
    /// NotFound, saying how to install, when its model is absent in the folder of models.
    std::function<Result<std::unique_ptr<Verifier>>(const std::filesystem::path& models)> make;
};

/// The verifiers that this program was built with. Filled once at start by register_all.
class Registry {
public:
    /// Aborts on a name registered twice: that is a mistake of the program.
    void add(Registration registration);
    /// Null when there is none of that name.
    const Registration* find(std::string_view name) const;

    const std::map<std::string, Registration, std::less<>>& all() const { return registrations_; }

private:
    std::map<std::string, Registration, std::less<>> registrations_;
};

/// Generated from the list in src/vision/CMakeLists.txt.
void register_all(Registry& registry);

}  // namespace bongsu::verifiers
