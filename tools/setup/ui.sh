# shellcheck shell=bash
# How ./dev talks: one line per step with its time; on failure the end of the step's log and what to do.

say() { printf '%s\n' "$*" >&2; }

die() {
    printf 'dev: error: %s\n' "$1" >&2
    shift
    local advice
    for advice in "$@"; do printf '     %s\n' "$advice" >&2; done
    exit 1
}

# step "title" command...: runs the command in the open and prints how long it took.
step() {
    local title=$1 begin=$SECONDS
    shift
    say "==> $title"
    "$@" || return $?
    say "    $title: done in $((SECONDS - begin)) s"
}

# quiet_step "title" log command...: output goes to a log; a line every 15 seconds shows that it is alive.
quiet_step() {
    local title=$1 log=$2 begin=$SECONDS pid status=0
    shift 2
    mkdir -p "$(dirname "$log")"
    say "==> $title"
    "$@" >"$log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        if (( (SECONDS - begin) % 15 == 14 )); then
            say "    $((SECONDS - begin)) s: $(tail -n 1 "$log" | cut -c 1-100)"
        fi
    done
    wait "$pid" || status=$?
    if (( status != 0 )); then
        say "    $title: failed after $((SECONDS - begin)) s; the last lines of $log:"
        tail -n 25 "$log" >&2
        return "$status"
    fi
    say "    $title: done in $((SECONDS - begin)) s"
}
