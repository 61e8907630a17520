#!/usr/bin/env bash
# `cargo leptos watch` with the toolchain and tools of ./run: rebuilds and reloads while you edit (demo, port 3000). It splits
# the program too, so that what is looked at behaves as what is served.
# Arguments after `--` go to the server instead of `serve --demo`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tools/setup.sh
. tools/identity.sh
setup run
setup_cargo_tools
export DATA_DIR=${DATA_DIR:-./data/demo}
[ $# -gt 0 ] || set -- -- serve --demo
start_issuer
exec cargo leptos watch --split "$@"
