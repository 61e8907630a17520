#!/usr/bin/env bash
# Builds server and site into target/dist: suanpan, hash.txt, site/, fonts/. Run it, or source it after setup.sh and call `build`.
# The same steps as `cargo leptos build --release`, but the browser's half and the server's half at the same time,
# and neither again when nothing changed.

[ -n "${ROOT:-}" ] || . "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
DIST=$ROOT/target/dist
export SUANPAN_BIN=$DIST/suanpan
LOCKED=${CI:+--locked}

# For whoever starts $SUANPAN_BIN, or the router inside another program: leptos looks for a relative hash file beside
# the program that runs.
serving_env() {
  export LEPTOS_SITE_ROOT=$DIST/site LEPTOS_HASH_FILES=true LEPTOS_HASH_FILE_NAME=$DIST/hash.txt LEPTOS_ENV=PROD
}

# Contents, not times: a fresh checkout of the same commit counts as unchanged.
sources_hash() {
  (cd "$ROOT" && {
    rustc --version; bindgen_version; echo "$BINARYEN $NOTO_SERIF"
    find Cargo.toml Cargo.lock rust-toolchain.toml .cargo tools/build.sh tools/site.mjs domain store service app frontend server paper studio migrations provinces style public \
      \( -name tests -o -name node_modules -o -name target \) -prune -o -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-64)
}

# Two programs from one crate: `suanpan` for accountants, `staff` for the bureaus. The photo studio is a third, small one.
build_browser_half() { build_program suanpan frontend && build_program staff frontend --features=staff && build_program studio darkroom; }

build_program() {
  local name=$1 package=$2; shift 2
  local target=$CARGO_TARGET_DIR/front out=$CARGO_TARGET_DIR/front/bindgen-$name wasm hash
  cargo build $LOCKED --package="$package" --lib "$@" --target-dir="$target" --target=$WASM --profile=wasm-release || return 1
  wasm=$target/$WASM/wasm-release/$package.wasm
  hash=$(sha256sum "$wasm" | cut -c1-64)
  [ "$(cat "$out/input" 2>/dev/null)" = "$hash" ] && return
  rm -rf "$out" && mkdir -p "$out"
  wasm-bindgen --target web --no-typescript --out-name "$name" --out-dir "$out" "$wasm" || return 1
  wasm-opt -Oz --converge --enable-bulk-memory --enable-nontrapping-float-to-int "$out/${name}_bg.wasm" -o "$out/$name.wasm" || return 1
  # A download of half as much again would go unnoticed otherwise.
  [ "$(wc -c <"$out/$name.wasm")" -lt "$(wc -c <"$out/${name}_bg.wasm")" ] || { echo "wasm-opt made nothing smaller" >&2; return 1; }
  rm "$out/${name}_bg.wasm" && echo "$hash" >"$out/input"
}

build_server_half() {
  cargo build $LOCKED --package=server --bin=suanpan --release
}

build() {
  local stamp started=$SECONDS kind browser
  stamp=$(sources_hash)
  if [ "$(cat "$DIST/stamp" 2>/dev/null)" = "$stamp" ] && [ -x "$SUANPAN_BIN" ] && [ -d "$DIST/site" ]; then
    say "nothing changed since the last build; $(cat "$DIST/summary" 2>/dev/null)"
    return
  fi
  kind=clean; [ -x "$CARGO_TARGET_DIR/release/suanpan" ] && kind=incremental
  say "building the server and the browser's half ($kind)"
  rm -f "$DIST/stamp"
  cd "$ROOT" || return 1
  build_browser_half & browser=$!
  build_server_half || { wait "$browser"; die "the server does not build"; }
  wait "$browser" || die "the browser's half does not build"
  mkdir -p "$DIST"
  # Beside and over, so that a server that still runs keeps its file.
  cp "$CARGO_TARGET_DIR/release/suanpan" "$SUANPAN_BIN.new" && mv "$SUANPAN_BIN.new" "$SUANPAN_BIN" || die "no binary"
  rm -rf "$DIST/fonts" && cp -r "$FONTS" "$DIST/fonts" || die "no fonts"
  node "$ROOT/tools/site.mjs" "$CARGO_TARGET_DIR/front" "$ROOT" "$DIST" >"$DIST/summary" || { cat "$DIST/summary"; die "the site is not fit to be served"; }
  echo "$stamp" >"$DIST/stamp"
  say "$kind build: $((SECONDS - started)) s; $(cat "$DIST/summary")"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  setup build && build
fi
