# shellcheck shell=bash
# The checks of ./dev lint. Fast ones take seconds; clang-tidy runs on changed files only, unless asked for all.

cpp_files() { git ls-files --cached --others --exclude-standard -- '*.cpp' '*.hpp' ':!third_party' ':!templates'; }

# Files that differ from the base branch (or from the last commit when there is no other branch), and untracked ones.
changed_files() {
    local base
    base=$(git merge-base HEAD "${BONGSU_BASE:-origin/main}" 2>/dev/null) || base=HEAD
    if [[ $base == $(git rev-parse HEAD) ]] && git rev-parse -q --verify HEAD~1 >/dev/null; then
        base=HEAD~1
    fi
    { git diff --name-only --diff-filter=d "$base"; git ls-files --others --exclude-standard; } | sort -u
}

check_format() {
    local bad
    bad=$(cpp_files | xargs -r clang-format-19 --dry-run -Werror 2>&1 | grep -oE '^[^:]+\.(cpp|hpp)' | sort -u) || true
    if [[ -n $bad ]]; then
        printf 'format: not formatted: %s\n' $bad >&2
        say "format: run './dev format'"
        return 1
    fi
    echo "format: ok"
}

script_files() {
    local file
    git ls-files --cached --others --exclude-standard | while read -r file; do
        if [[ -f $file ]] && head -n 2 "$file" | grep -aqE '^#!.*\b(ba)?sh\b|shellcheck shell='; then
            echo "$file"
        fi
    done
}

check_scripts() {
    command -v shellcheck >/dev/null || { echo "scripts: left out, shellcheck is not installed"; return 0; }
    local scripts
    mapfile -t scripts < <(script_files)
    shellcheck --severity=warning --exclude=SC1091 "${scripts[@]}" || return 1
    echo "scripts: ok"
}

# fast_lint: everything except clang-tidy. Runs all checks, then fails if one did.
fast_lint() {
    local failed=0 check
    for check in layers sizes words tests links codes; do
        python3 "tools/lint/check_$check.py" || failed=1
    done
    check_format || failed=1
    check_scripts || failed=1
    return "$failed"
}

# tidy [file...]: clang-tidy over the given .cpp files with the compile commands of the preset's build.
tidy() {
    local database="build/${preset:?}/compile_commands.json" known
    known=$(for file in "$@"; do
        grep -qF "\"$PWD/$file\"" "$database" && echo "$file"
    done || true)
    if [[ -z $known ]]; then
        echo "tidy: no files"
        return 0
    fi
    echo "tidy: $(wc -l <<<"$known") files"
    xargs -r -n 1 -P "${jobs:?}" clang-tidy-19 --quiet -p "build/${preset:?}" <<<"$known" 2>/dev/null || return 1
    echo "tidy: ok"
}
