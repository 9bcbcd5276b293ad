# shellcheck shell=bash
# The console's page: built from web/ into web/dist when its sources or the contract changed.

export_page_path() {
    export BONGSU_PAGE="${BONGSU_PAGE:-$PWD/web/dist}"
    export BONGSU_SHARE="${BONGSU_SHARE:-$PWD/share}"
}

page_sources() {
    git ls-files --cached --others --exclude-standard -- web api | while read -r file; do
        [[ -f $file ]] && printf '%s\0' "$file"
    done
}

page_stamp() { page_sources | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1; }

# npm's packages follow the lock file alone, so that a change of the page does not fetch them again. Not "npm ci": it refuses
# the lock file where a mirror does not carry the optional packages of other platforms.
page_packages() {
    local stamp=web/node_modules/.bongsu-lock wanted
    wanted=$(sha256sum web/package-lock.json)
    [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return 0
    quiet_step "npm packages of the page" build/logs/page-packages.log \
        npm --prefix web install --no-save --no-audit --no-fund --loglevel=error \
        || die "the npm packages of the page could not be fetched" \
            "Read build/logs/page-packages.log; the npm registry must be reachable once."
    printf '%s' "$wanted" >"$stamp"
}

build_page() {
    local stamp=web/dist/.bongsu-stamp wanted
    wanted=$(page_stamp)
    [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return 0
    page_packages
    quiet_step "the console's page" build/logs/page.log npm --prefix web run build \
        || die "the console's page does not build" "Read build/logs/page.log."
    printf '%s' "$wanted" >"$stamp"
}
