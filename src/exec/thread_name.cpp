#include "exec/thread_name.hpp"

#include <pthread.h>

namespace bongsu::exec {

void set_thread_name(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
}

}  // namespace bongsu::exec
