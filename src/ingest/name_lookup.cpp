#include "ingest/name_lookup.hpp"

#include "exec/thread_name.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <netdb.h>
#include <sys/socket.h>

namespace bongsu::ingest {

/// Who waits for what. A thread in the resolver holds the number of its caller only: the caller may
/// be gone when it comes back.
struct NameLookup::Desk {
    struct Waiting {
        std::uint64_t number = 0;
        std::string host;
    };

    Resolver resolver;
    std::mutex mutex;
    std::deque<Waiting> waiting;
    std::map<std::uint64_t, OnDone> callers;
    std::uint64_t next_number = 0;
    int threads = 0;

    static void work(const std::shared_ptr<Desk>& desk);
};

void NameLookup::Desk::work(const std::shared_ptr<Desk>& desk) {
    std::unique_lock lock(desk->mutex);
    while (!desk->waiting.empty()) {
        const Waiting next = std::move(desk->waiting.front());
        desk->waiting.pop_front();
        lock.unlock();
        auto found = desk->resolver(next.host);
        lock.lock();
        if (auto caller = desk->callers.extract(next.number)) {
            caller.mapped()(std::move(found));
        }
    }
    --desk->threads;
}

NameLookup::NameLookup(Resolver resolver) : desk_(std::make_shared<Desk>()) {
    desk_->resolver = std::move(resolver);
}

NameLookup::~NameLookup() {
    const std::scoped_lock lock(desk_->mutex);
    desk_->waiting.clear();
    desk_->callers.clear();
}

void NameLookup::start(const std::string& host, OnDone on_done) {
    const std::scoped_lock lock(desk_->mutex);
    if (desk_->waiting.size() >= kMostWaiting) {
        on_done(fail(
            ErrorKind::ResourceExhausted,
            "too many host names wait to be looked up; check the name servers"
        ));
        return;
    }
    const std::uint64_t number = desk_->next_number++;
    desk_->callers.emplace(number, std::move(on_done));
    desk_->waiting.push_back({number, host});
    if (desk_->threads < kThreads) {
        ++desk_->threads;
        // Not joined: nothing can call it back out of the resolver, and it owns all that it uses.
        std::thread([desk = desk_] {
            exec::set_thread_name("name-lookup");
            Desk::work(desk);
        }).detach();
    }
}

Result<NameLookup::Addresses> NameLookup::ask_system(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
        return fail(ErrorKind::Unavailable, ::gai_strerror(error));
    }
    Addresses addresses;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(
                entry->ai_addr,
                entry->ai_addrlen,
                text.data(),
                text.size(),
                nullptr,
                0,
                NI_NUMERICHOST
            ) == 0) {
            addresses.emplace_back(text.data());
        }
    }
    ::freeaddrinfo(found);
    return addresses;
}

}  // namespace bongsu::ingest
