# shellcheck shell=bash
# Models and demo footage live in a cache outside the repository, shared by all clones.

export_asset_paths() {
    export BONGSU_CACHE="${BONGSU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bongsu}"
    export BONGSU_MODELS="${BONGSU_MODELS:-$BONGSU_CACHE/models}"
    export BONGSU_FOOTAGE="${BONGSU_FOOTAGE:-$BONGSU_CACHE/footage}"
}

# Labelled footage is never part of the repository; what needs it is skipped with a line when it is not there.
export_data_path() {
    local default=../shared/data
    if [[ -z ${BONGSU_DATA:-} && -d $default ]]; then
        BONGSU_DATA=$(cd "$default" && pwd)
    fi
    [[ -z ${BONGSU_DATA:-} ]] || export BONGSU_DATA
}

setup_models() {
    tools/models/fetch_models || die "the models could not be made ready in $BONGSU_MODELS" \
        "Read the message above; without network, copy this folder from a machine that has it."
}

setup_footage() {
    tools/footage/make_footage || die "the demo footage could not be made in $BONGSU_FOOTAGE" \
        "Read the message above and run './dev setup' again."
}

setup_assets() {
    step "models in $BONGSU_MODELS" setup_models
    step "demo footage in $BONGSU_FOOTAGE" setup_footage
}
