#include "exec/overflow.hpp"

namespace bongsu::exec {

std::string_view to_string(Overflow policy) {
    switch (policy) {
        case Overflow::DropOldest:
            return "drop_oldest";
        case Overflow::Coalesce:
            return "coalesce";
        case Overflow::Reject:
            return "reject";
    }
    return "reject";
}

}  // namespace bongsu::exec
