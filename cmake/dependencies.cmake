# Every third-party package of the program, in one place. All come from Debian 12; tools/setup/apt-packages.txt
# names the packages. Modules see only the targets bongsu::<name> made here.
include(FindPkgConfig)
find_package(Threads REQUIRED)

function(bongsu_missing package)
    message(FATAL_ERROR "The package '${package}' was not found. Run './dev setup' to install everything that Bongsu needs.")
endfunction()

# Makes bongsu::<name> from the CMake package <package> and its targets.
function(bongsu_cmake_package name package)
    find_package(${package} QUIET)
    if(NOT ${package}_FOUND)
        bongsu_missing(${package})
    endif()
    add_library(bongsu_dep_${name} INTERFACE)
    target_link_libraries(bongsu_dep_${name} INTERFACE ${ARGN})
    add_library(bongsu::${name} ALIAS bongsu_dep_${name})
endfunction()

# Makes bongsu::<name> from pkg-config modules.
function(bongsu_pkgconfig name)
    pkg_check_modules(dep_${name} QUIET IMPORTED_TARGET ${ARGN})
    if(NOT dep_${name}_FOUND)
        bongsu_missing("${ARGN}")
    endif()
    add_library(bongsu::${name} ALIAS PkgConfig::dep_${name})
endfunction()

# Makes bongsu::<name> from plain libraries that ship neither CMake nor pkg-config files.
function(bongsu_plain name)
    cmake_parse_arguments(arg "" "HEADER;SUFFIX" "LIBRARIES" ${ARGN})
    find_path(dep_${name}_include NAMES ${arg_HEADER} PATH_SUFFIXES ${arg_SUFFIX})
    if(NOT dep_${name}_include)
        bongsu_missing("${name} (${arg_HEADER})")
    endif()
    add_library(bongsu_dep_${name} INTERFACE)
    target_include_directories(bongsu_dep_${name} SYSTEM INTERFACE "${dep_${name}_include}")
    foreach(library IN LISTS arg_LIBRARIES)
        find_library(dep_lib_${library} NAMES ${library})
        if(NOT dep_lib_${library})
            bongsu_missing("${name} (lib${library})")
        endif()
        target_link_libraries(bongsu_dep_${name} INTERFACE "${dep_lib_${library}}")
    endforeach()
    add_library(bongsu::${name} ALIAS bongsu_dep_${name})
endfunction()

bongsu_cmake_package(spdlog spdlog spdlog::spdlog)
bongsu_cmake_package(yaml yaml-cpp yaml-cpp)
bongsu_cmake_package(prometheus prometheus-cpp prometheus-cpp::core)
bongsu_cmake_package(pugixml pugixml pugixml::pugixml)
bongsu_cmake_package(cli11 CLI11 CLI11::CLI11)
bongsu_cmake_package(gtest GTest GTest::gtest_main GTest::gmock)
bongsu_cmake_package(benchmark benchmark benchmark::benchmark_main)
bongsu_cmake_package(rapidcheck rapidcheck rapidcheck)

bongsu_pkgconfig(av libavformat libavcodec libswscale libavutil)
bongsu_pkgconfig(openh264 openh264)
bongsu_pkgconfig(openssl openssl)
bongsu_pkgconfig(sodium libsodium)
bongsu_pkgconfig(sqlite sqlite3)
bongsu_pkgconfig(postgres libpq)

# Boost 1.81 exactly: 1.74, the default of Debian 12, cannot be installed beside it. Asio and Beast are header-only.
find_package(boost_json 1.81.0 EXACT QUIET CONFIG)
if(NOT boost_json_FOUND)
    bongsu_missing("libboost-json1.81-dev")
endif()
add_library(bongsu::boost_json ALIAS Boost::json)
add_library(bongsu_dep_asio INTERFACE)
target_compile_definitions(bongsu_dep_asio INTERFACE BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(bongsu_dep_asio INTERFACE Boost::headers Threads::Threads)
add_library(bongsu::asio ALIAS bongsu_dep_asio)

# Only these four of OpenCV; the meta package libopencv-dev with its CMake files would pull in GTK, VTK and more.
bongsu_plain(opencv HEADER opencv2/core.hpp SUFFIX opencv4
    LIBRARIES opencv_core opencv_imgproc opencv_imgcodecs opencv_video)
bongsu_plain(soci HEADER soci/soci.h LIBRARIES soci_core soci_sqlite3 soci_postgresql)
target_link_libraries(bongsu_dep_soci INTERFACE bongsu::sqlite)

# ONNX Runtime: only its headers are needed to build, the library is opened at run time. Both come with the models.
set(bongsu_models_folder "$ENV{HOME}/.cache/bongsu/models")
if(NOT "$ENV{BONGSU_CACHE}" STREQUAL "")
    set(bongsu_models_folder "$ENV{BONGSU_CACHE}/models")
endif()
if(NOT "$ENV{BONGSU_MODELS}" STREQUAL "")
    set(bongsu_models_folder "$ENV{BONGSU_MODELS}")
endif()
find_path(dep_onnxruntime_include NAMES onnxruntime_cxx_api.h
    PATHS "${bongsu_models_folder}/onnxruntime/include" NO_DEFAULT_PATH)
if(NOT dep_onnxruntime_include)
    message(FATAL_ERROR "The headers of ONNX Runtime are not in ${bongsu_models_folder}. "
        "Run './dev setup', or only 'tools/models/fetch_models onnxruntime'.")
endif()
add_library(bongsu_dep_onnxruntime INTERFACE)
target_include_directories(bongsu_dep_onnxruntime SYSTEM INTERFACE "${dep_onnxruntime_include}")
target_link_libraries(bongsu_dep_onnxruntime INTERFACE ${CMAKE_DL_LIBS})
add_library(bongsu::onnxruntime ALIAS bongsu_dep_onnxruntime)
