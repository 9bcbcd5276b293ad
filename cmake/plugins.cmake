# bongsu_plugins(<family> NAMES <words> [NAMESPACE <ns>])
#
# A plug-in is one folder plus its word in NAMES. Call it after bongsu_module, in src/<module>/CMakeLists.txt. The
# folders stand in src/<module>/<family>/, or in src/<module>/ itself when the module is the family (behaviours).
# It generates register_all.cpp, which defines
#     void <ns>::register_all(Registry&)      calling      void <ns>::<name>::register_plugin(Registry&)
# with <ns> = bongsu::<family> unless given. The family's registry.hpp declares Registry and register_all.
# A word without its folder stops the configuration; a folder without its word is a warning, and an error with
# BONGSU_STRICT: nothing is silently absent.
function(bongsu_plugins family)
    cmake_parse_arguments(arg "" "NAMESPACE" "NAMES" ${ARGN})
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/src" OUTPUT_VARIABLE module)
    string(REGEX REPLACE "/.*" "" module "${module}")
    if(NOT TARGET ${module})
        return() # left out by bongsu_module, which has said why
    endif()
    if(NOT arg_NAMESPACE)
        set(arg_NAMESPACE "bongsu::${family}")
    endif()
    set(folder "${CMAKE_CURRENT_SOURCE_DIR}")
    if(EXISTS "${folder}/${family}")
        string(APPEND folder "/${family}")
    endif()
    if(NOT EXISTS "${folder}/registry.hpp")
        message(FATAL_ERROR "Plug-in family '${family}': ${folder}/registry.hpp is missing; it declares ${arg_NAMESPACE}::Registry.")
    endif()
    bongsu_check_plugin_words(${family} "${folder}" "${arg_NAMES}")

    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/src" OUTPUT_VARIABLE include_folder)
    set(declarations "")
    set(calls "")
    foreach(name IN LISTS arg_NAMES)
        string(APPEND declarations "namespace ${arg_NAMESPACE}::${name} {\nvoid register_plugin(Registry& registry);\n}\n")
        string(APPEND calls "    ${name}::register_plugin(registry);\n")
    endforeach()
    set(generated "${CMAKE_BINARY_DIR}/gen/${module}/${family}/register_all.cpp")
    file(CONFIGURE OUTPUT "${generated}" @ONLY CONTENT
"// Generated from bongsu_plugins(${family} ...) in src/${module}/CMakeLists.txt.
#include \"${include_folder}/registry.hpp\"

${declarations}
namespace ${arg_NAMESPACE} {
void register_all([[maybe_unused]] Registry& registry) {
${calls}}
}  // namespace ${arg_NAMESPACE}
")
    target_sources(${module} PRIVATE "${generated}")
endfunction()

# Compares the words with the folders that define register_plugin.
function(bongsu_check_plugin_words family folder names)
    foreach(name IN LISTS names)
        if(NOT IS_DIRECTORY "${folder}/${name}")
            message(FATAL_ERROR "Plug-in family '${family}' names '${name}', but there is no folder ${folder}/${name}.")
        endif()
    endforeach()
    file(GLOB sources CONFIGURE_DEPENDS RELATIVE "${folder}" "${folder}/*/*.cpp")
    foreach(source IN LISTS sources)
        string(REGEX REPLACE "/.*" "" plugin "${source}")
        if(plugin IN_LIST names)
            continue()
        endif()
        file(STRINGS "${folder}/${source}" definition REGEX "^void register_plugin\\(" LIMIT_COUNT 1)
        if(definition)
            message(${bongsu_incomplete} "Plug-in folder '${folder}/${plugin}' is not in use: add the word '${plugin}' to bongsu_plugins(${family} NAMES ...).")
        endif()
    endforeach()
endfunction()
