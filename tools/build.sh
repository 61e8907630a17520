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
    find Cargo.toml Cargo.lock rust-toolchain.toml .cargo tools/build.sh tools/site.mjs crates app frontend server studio migrations provinces style public \
      \( -name tests -o -name node_modules -o -name target \) -prune -o -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-64)
}

# One program for accountants, one for the bureaus, and the photo studio, a small one.
build_browser_half() {
  local program failed=
  cargo build $LOCKED -p frontend -p staff -p darkroom --lib --target-dir="$CARGO_TARGET_DIR/front" --target=$WASM --profile=wasm-release || return 1
  for program in suanpan:frontend staff:staff studio:darkroom; do
    shrink "${program%:*}" "${program#*:}" &
  done
  for program in $(jobs -p); do wait "$program" || failed=yes; done
  [ -z "$failed" ]
}

shrink() {
  local name=$1 wasm=$CARGO_TARGET_DIR/front/$WASM/wasm-release/$2.wasm out=$CARGO_TARGET_DIR/front/bindgen-$1 hash
  hash=$(sha256sum <"$wasm")
  [ "$(cat "$out/input" 2>/dev/null)" = "$hash" ] && return
  rm -rf "$out" && mkdir -p "$out"
  wasm-bindgen --target web --no-typescript --out-name "$name" --out-dir "$out" "$wasm" || return 1
  wasm-opt -Oz --enable-bulk-memory --enable-nontrapping-float-to-int "$out/${name}_bg.wasm" -o "$out/$name.wasm" || return 1
  # A download of half as much again would go unnoticed otherwise.
  [ "$(wc -c <"$out/$name.wasm")" -lt "$(wc -c <"$out/${name}_bg.wasm")" ] || { echo "wasm-opt made nothing smaller" >&2; return 1; }
  rm "$out/${name}_bg.wasm" && echo "$hash" >"$out/input"
}

build_server_half() {
  cargo build $LOCKED --package=server --bin=suanpan --release
}

# How long the last build from nothing took, and the last after a change.
times() {
  local clean again
  clean=$(cat "$CARGO_TARGET_DIR/seconds-clean" 2>/dev/null) again=$(cat "$CARGO_TARGET_DIR/seconds-incremental" 2>/dev/null)
  echo "clean build: ${clean:-?} s of 1200 s; rebuild: ${again:-?} s"
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
  echo $((SECONDS - started)) >"$CARGO_TARGET_DIR/seconds-$kind"
  sed -i "1i\\$(times)" "$DIST/summary"
  echo "$stamp" >"$DIST/stamp"
  say "built ($kind); $(cat "$DIST/summary")"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  setup build && build
fi
