# Warnings of all our own targets; third-party headers arrive as system headers and stay silent.
add_library(bongsu_warnings INTERFACE)
target_compile_options(bongsu_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Wthread-safety -Wno-missing-designated-field-initializers
    $<$<BOOL:${BONGSU_WERROR}>:-Werror>)
