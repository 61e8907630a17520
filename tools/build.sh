#!/usr/bin/env bash
# Builds server and site into target/dist: suanpan, version, site/, fonts/. Run it, or source it after setup.sh and call `build`.
# `cargo leptos build` does it; here it is not called when nothing changed, and what it made is measured and put where
# a server that still runs does not lose its files.

[ -n "${ROOT:-}" ] || . "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
DIST=$ROOT/target/dist
BABELSTONE=/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf
export SUANPAN_BIN=$DIST/suanpan
LOCKED=${CI:+--locked}

# For whoever starts $SUANPAN_BIN, or the router inside another program: leptos and the server read the same variables.
serving_env() {
  export LEPTOS_SITE_ROOT=$DIST/site LEPTOS_ENV=PROD LEPTOS_SITE_PKG_DIR
  LEPTOS_SITE_PKG_DIR=$(cat "$DIST/version") || die "nothing was built"
}

# Contents, not times: a fresh checkout of the same commit counts as unchanged.
sources_hash() {
  (cd "$ROOT" && {
    rustc --version; bindgen_version; echo "$CARGO_LEPTOS $BINARYEN $NOTO_SERIF"
    find Cargo.toml Cargo.lock rust-toolchain.toml .cargo tools/build.sh tools/site.mjs tools/style.mjs tools/optimize.mjs tools/pack.mjs tools/loader.js tools/front crates app frontend server migrations provinces style public \
      \( -name tests -o -name node_modules -o -name target \) -prune -o -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-64)
}

# The same as cargo-leptos will ask for, while cargo-leptos itself is still being compiled (the first time only).
compile_ahead() {
  local browser
  RUSTFLAGS="--cfg erase_components -Clink-args=--emit-relocs" cargo build $LOCKED -p frontend --lib --no-default-features \
    --target-dir="$CARGO_TARGET_DIR/front" --target=$WASM --profile=wasm-release & browser=$!
  cargo build $LOCKED -p server --bin suanpan --no-default-features --release || { wait "$browser"; return 1; }
  wait "$browser"
}

# The files of the program lie in a folder that the version of the sources names: they never change, and a page of an
# older version finds its own or none, but not another's.
build_site() {
  local tools
  if ! cargo_tools_ready; then
    setup_cargo_tools & tools=$!
    compile_ahead || { wait "$tools"; die "the project does not compile"; }
    wait "$tools" || die "cargo-leptos is missing"
  fi
  PATH="$ROOT/tools/front:$PATH" LEPTOS_SITE_PKG_DIR=$1 cargo leptos build --release --split ${LOCKED:+--lib-cargo-args=--locked --bin-cargo-args=--locked} \
    || die "cargo leptos build failed"
  CACHE=$CACHE node "$ROOT/tools/site.mjs" "$ROOT/target/site" "$1" >"$ROOT/target/summary" || { cat "$ROOT/target/summary"; die "the site is not fit to be served"; }
}

# Beside and over, so that a server that still runs keeps its files, and pages of the version before keep theirs.
publish() {
  local before
  mkdir -p "$DIST"
  cp "$CARGO_TARGET_DIR/release/suanpan" "$SUANPAN_BIN.new" && mv "$SUANPAN_BIN.new" "$SUANPAN_BIN" || die "no binary"
  rm -rf "$DIST/fonts" && cp -r "$FONTS" "$DIST/fonts" || die "no fonts"
  # Its licence wants to go along; where it is not installed, what it has is printed as a blank.
  if [ -f "$BABELSTONE" ]; then
    cp "$BABELSTONE" "$DIST/fonts/" && cp /usr/share/doc/fonts-babelstone-han/copyright "$DIST/fonts/LICENSE_BabelStoneHan" || die "no BabelStone Han"
  fi
  before=$(cat "$DIST/version" 2>/dev/null)
  if [ -n "$before" ] && [ "$before" != "$1" ] && [ -d "$DIST/site/$before" ]; then cp -r "$DIST/site/$before" "$ROOT/target/site/$before"; fi
  rm -rf "$DIST/site.old"
  [ ! -d "$DIST/site" ] || mv "$DIST/site" "$DIST/site.old"
  mv "$ROOT/target/site" "$DIST/site" && rm -rf "$DIST/site.old" || die "no site"
  echo "$1" >"$DIST/version"
  mv "$ROOT/target/summary" "$DIST/summary"
}

# How long the last build from nothing took, and the last after a change.
times() {
  local clean again
  clean=$(cat "$CARGO_TARGET_DIR/seconds-clean" 2>/dev/null) again=$(cat "$CARGO_TARGET_DIR/seconds-incremental" 2>/dev/null)
  echo "clean build: ${clean:-?} s of 1200 s; rebuild: ${again:-?} s"
}

build() {
  local stamp started=$SECONDS kind version
  stamp=$(sources_hash)
  if [ "$(cat "$DIST/stamp" 2>/dev/null)" = "$stamp" ] && [ -x "$SUANPAN_BIN" ] && [ -d "$DIST/site" ]; then
    say "nothing changed since the last build; $(cat "$DIST/summary" 2>/dev/null)"
    return
  fi
  kind=clean; [ -x "$CARGO_TARGET_DIR/release/suanpan" ] && kind=incremental
  say "building the server and the browser's half ($kind)"
  rm -f "$DIST/stamp"
  cd "$ROOT" || return 1
  version=pkg/${stamp:0:16}
  # The same program wherever it is built: with and without increments the compiler divides `app` otherwise.
  unset CARGO_INCREMENTAL
  build_site "$version"
  publish "$version"
  echo $((SECONDS - started)) >"$CARGO_TARGET_DIR/seconds-$kind"
  sed -i "1i\\$(times)" "$DIST/summary"
  echo "$stamp" >"$DIST/stamp"
  say "built ($kind); $(cat "$DIST/summary")"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  setup build && build
fi
