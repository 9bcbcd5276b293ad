#!/usr/bin/env bash
# The examples of the guide are accepted by the program, and a mistake in one is named.
set -euo pipefail
examples=docs/guide/examples

"$BONGSU_PROGRAM" serve --config "$examples/bongsu.yaml" --check-config

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    echo "cameras:"
    echo "  - id: example"
    echo "    url: /nonexistent.mp4"
    sed 's/^/    /' "$examples/rules.yaml"
} >"$work/rules.yaml"
"$BONGSU_PROGRAM" serve --config "$work/rules.yaml" --check-config

sed 's/dwell/dwel/' "$work/rules.yaml" >"$work/wrong.yaml"
if "$BONGSU_PROGRAM" serve --config "$work/wrong.yaml" --check-config 2>"$work/message"; then
    echo "a misspelt setting was accepted" >&2
    exit 1
fi
if ! grep -q "dwell" "$work/message"; then
    echo "the message does not name the nearest setting:" >&2
    cat "$work/message" >&2
    exit 1
fi
