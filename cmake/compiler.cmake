# The compiler is clang 19 or newer. g++ 12 of Debian 12 miscompiles coroutines (double free when an awaited
# expression holds a capturing lambda or a braced temporary), so it is refused instead of failing at run time.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR
        "Bongsu needs clang++ 19 or newer, but this is ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} "
        "(${CMAKE_CXX_COMPILER}). Run './dev setup' to install it and configure with a preset: "
        "'cmake --preset release'.")
endif()

set(bongsu_sanitize_address -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
set(bongsu_sanitize_thread -fsanitize=thread -fno-omit-frame-pointer)
if(BONGSU_SANITIZE)
    if(NOT DEFINED bongsu_sanitize_${BONGSU_SANITIZE})
        message(FATAL_ERROR "BONGSU_SANITIZE is '${BONGSU_SANITIZE}'; it must be empty, address or thread.")
    endif()
    add_compile_options(${bongsu_sanitize_${BONGSU_SANITIZE}})
    add_link_options(${bongsu_sanitize_${BONGSU_SANITIZE}})
endif()
if(BONGSU_SANITIZE STREQUAL "address")
    # Coverage counters in every library, so that libFuzzer is guided by the parsers themselves.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
