#include "identity/password_hasher.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include <sodium.h>

namespace bongsu::identity {
namespace {

constexpr int kWaitersPerComputation = 16;

}  // namespace

struct PasswordHasher::Impl {
    int parallel;
    std::size_t memory;
    unsigned passes;
    std::string nobodys_hash;  ///< checked for users who do not exist
    std::mutex mutex;
    std::condition_variable freed;
    int running = 0;
    int waiting = 0;

    /// Waits for a turn; false when too many wait already.
    bool enter() {
        std::unique_lock lock(mutex);
        if (waiting >= parallel * kWaitersPerComputation) {
            return false;
        }
        ++waiting;
        freed.wait(lock, [this] { return running < parallel; });
        --waiting;
        ++running;
        return true;
    }

    void leave() {
        {
            const std::scoped_lock lock(mutex);
            --running;
        }
        freed.notify_one();
    }

    /// Ends a turn however the computation ends.
    struct Turn {
        Impl& owner;

        explicit Turn(Impl& impl) : owner(impl) {}

        ~Turn() { owner.leave(); }

        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
    };

    /// Runs `compute` in its turn.
    template <class F>
    auto in_turn(F compute) -> decltype(compute()) {
        if (!enter()) {
            return fail(
                ErrorKind::ResourceExhausted,
                "logins_busy"_code,
                "too many logins at once; try again in some seconds"
            );
        }
        const Turn turn(*this);
        return compute();
    }

    Result<std::string> hash(const std::string& password) const {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        if (crypto_pwhash_str_alg(
                text.data(),
                password.data(),
                password.size(),
                passes,
                memory,
                crypto_pwhash_ALG_ARGON2ID13
            ) != 0) {
            return fail(
                ErrorKind::ResourceExhausted, "there is not enough memory to hash a password"
            );
        }
        return std::string(text.data());
    }
};

PasswordHasher::PasswordHasher(int parallel, std::size_t memory, unsigned passes)
    : impl_(std::make_unique<Impl>()) {
    (void)sodium_init();
    impl_->parallel = std::max(1, parallel);
    impl_->memory = std::max<std::size_t>(memory, crypto_pwhash_MEMLIMIT_MIN);
    impl_->passes = std::max(1U, passes);
    impl_->nobodys_hash = impl_->hash("nobody's password").value_or("");
}

PasswordHasher::~PasswordHasher() = default;

Result<std::string> PasswordHasher::hash(const std::string& password) {
    return impl_->in_turn([&] { return impl_->hash(password); });
}

Result<bool> PasswordHasher::verify(const std::string& hash, const std::string& password) {
    const std::string& against = hash.empty() ? impl_->nobodys_hash : hash;
    return impl_->in_turn([&]() -> Result<bool> {
        const bool is_right =
            crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
        return is_right && !hash.empty();
    });
}

bool PasswordHasher::is_outdated(const std::string& hash) const {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), impl_->passes, impl_->memory) != 0;
}

}  // namespace bongsu::identity
