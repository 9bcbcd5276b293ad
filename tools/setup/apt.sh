# shellcheck shell=bash
# Debian packages: installs those of the lists that are missing; touches no network when none is.

package_lists=(tools/setup/apt-packages.txt)

package_names() { awk '!/^#/ && NF { print $1 }' "${package_lists[@]}"; }

node_is_usable() {
    command -v npm >/dev/null && command -v node >/dev/null \
        && [[ $(node --version | sed 's/^v\([0-9]*\).*/\1/') -ge 18 ]]
}

missing_packages() {
    local installed
    # shellcheck disable=SC2046 # one word per package is wanted
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $(package_names) 2>/dev/null \
        | awk '$2 == "installed" { print $1 }') || true
    local wanted
    wanted=$(package_names)
    if node_is_usable; then
        wanted=$(grep -vxE 'nodejs|npm' <<<"$wanted")
    fi
    grep -vxF -f <(printf '%s\n' "$installed") <<<"$wanted" || true
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

require_debian_and_root() {
    command -v apt-get >/dev/null || die "this machine has no apt-get" \
        "Bongsu is built on Debian 12. On another system install the packages of" \
        "tools/setup/apt-packages.txt by hand and run './dev build'."
    if [[ $(id -u) -ne 0 ]] && ! command -v sudo >/dev/null; then
        die "packages are missing and this user can neither be root nor use sudo" \
            "Ask an administrator to run: apt-get install --no-install-recommends $*"
    fi
}

setup_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if (( ${#missing[@]} == 0 )); then
        return 0
    fi
    require_debian_and_root "${missing[@]}"
    say "    ${#missing[@]} Debian packages are missing: ${missing[*]}"
    [[ $(id -u) -eq 0 ]] || sudo -v || die "sudo refused" "Run ./dev setup as root, or ask for: apt-get install --no-install-recommends ${missing[*]}"
    quiet_step "apt-get update" build/logs/apt-update.log apt_get update \
        || die "apt-get update failed" "Check the network and /etc/apt/sources.list, then run './dev setup' again."
    quiet_step "apt-get install" build/logs/apt-install.log \
        apt_get install -y --no-install-recommends --no-remove "${missing[@]}" \
        || die "apt-get install failed; see build/logs/apt-install.log" \
            "If apt wants to remove libboost1.74-dev: remove it first, it cannot stand beside 1.81." \
            "If a package is not found: Bongsu needs Debian 12 (bookworm) with its main archive."
}
