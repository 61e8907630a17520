#!/usr/bin/env bash
# Installs what is missing and nothing else. Source it, then call `setup run`, `setup test` or `setup build`;
# or `. tools/setup.sh && use_toolchain` to get only the environment, e.g. for `cargo leptos watch`.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${SUANPAN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/suanpan}
CHANNEL=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$ROOT/rust-toolchain.toml")
CARGO_LEPTOS=0.3.11
CARGO_DENY=0.20.2
CARGO_MACHETE=0.9.2
CARGO_NEXTEST=0.9.151
BINARYEN=132.0.0
NOTO_SERIF=0.4.3
SCHEMATHESIS=4.32.5
WASM=wasm32-unknown-unknown

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
# leptos reads it when it is compiled, so every cargo call has to see the value that cargo-leptos takes from Cargo.toml.
export LEPTOS_OUTPUT_NAME=suanpan
export CARGO_TERM_PROGRESS_WHEN=never
# For the server and the tests of `paper`; FONTS is what we install, FONTS_DIR what is used.
FONTS=$CACHE/fonts/noto-serif-sc-$NOTO_SERIF
export FONTS_DIR=${FONTS_DIR:-$FONTS}

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
die() { printf '\033[31m✗ %s\033[0m\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else die "this needs root or sudo: $*"; fi
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

APT_FRESH=
apt_install() {
  have apt-get || die "please install by hand (no apt-get on this machine): $*"
  local missing=() package
  for package; do installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} = 0 ] && return
  say "installing Debian packages: ${missing[*]}"
  [ -n "$APT_FRESH" ] || as_root apt-get update -q </dev/null >&2 || say "apt-get update failed, trying with the lists that are here"
  APT_FRESH=yes
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null >&2 \
    || die "could not install ${missing[*]}"
}

. "$ROOT/tools/debian.sh"

# --- Rust ------------------------------------------------------------------------------------------------------------

# A probe that links: it tells a missing standard library, one of another compiler, and a missing linker alike.
wasm_works() {
  local dir; dir=$(mktemp -d) || return 1
  echo 'pub fn f() -> String { String::from("x") }' >"$dir/probe.rs"
  "$@" rustc --target $WASM --crate-type cdylib -o "$dir/probe.wasm" "$dir/probe.rs" >/dev/null 2>&1
  local result=$?
  rm -rf "$dir"
  return $result
}

rustup_dir() { ls -d "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$CHANNEL"[.-]* 2>/dev/null | tail -n 1; }
rustup_ready() { local dir; dir=$(rustup_dir); [ -n "$dir" ] && [ -d "$dir/lib/rustlib/$WASM/lib" ] && [ -x "$dir/bin/cargo-clippy" ] && [ -x "$dir/bin/rustfmt" ]; }
debian_rust() { [[ "$(/usr/bin/rustc --version 2>/dev/null)" == "rustc $CHANNEL."* ]]; }

use_rustup() {
  unset RUSTUP_TOOLCHAIN
  export PATH="$CACHE/tools/bin:$CACHE/tools/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
  RUST_FROM="rustup $CHANNEL"
}
use_debian() {
  export PATH="/usr/bin:$CACHE/tools/bin:$CACHE/tools/node_modules/.bin:$PATH"
  RUST_FROM="Debian's $(/usr/bin/rustc --version | cut -d' ' -f1,2)"
}

# Where only package registries answer, rustup would wait for minutes; ask the server first.
rustup_reachable() {
  have rustup || [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/rustup" ] || return 1
  # Whoever switched automatic toolchains off does not want one from us either; a target for one that is here is fine.
  if [ "${RUSTUP_AUTO_INSTALL:-1}" = 0 ] && [ -z "$(rustup_dir)" ]; then
    say "RUSTUP_AUTO_INSTALL=0 and rustup has no Rust $CHANNEL: leaving rustup alone"
    return 1
  fi
  have curl || return 0
  curl -fsIL -m 8 -o /dev/null "${RUSTUP_DIST_SERVER:-https://static.rust-lang.org}/dist/channel-rust-$CHANNEL.toml.sha256" 2>/dev/null
}

rustup_install() {
  local rustup; rustup=$(command -v rustup || echo "${CARGO_HOME:-$HOME/.cargo}/bin/rustup")
  say "rustup: installing Rust $CHANNEL with $WASM"
  timeout 900 "$rustup" toolchain install "$CHANNEL" --profile minimal -c rustfmt -c clippy -t $WASM --no-self-update </dev/null \
    && timeout 300 "$rustup" target add $WASM --toolchain "$CHANNEL" </dev/null && rustup_ready
}

# Sets PATH to a toolchain that is here already; fails when there is none.
use_toolchain() {
  if rustup_ready; then use_rustup
  elif debian_rust && [ -x /usr/bin/cargo-clippy ] && [ -x /usr/bin/rustfmt ] && wasm_works /usr/bin/env PATH="/usr/bin:$PATH"; then use_debian
  else return 1; fi
}

setup_rust() {
  use_toolchain && return
  if rustup_reachable && rustup_install; then use_rustup
  else say "rustup cannot give us Rust $CHANNEL with $WASM, taking Debian's packages"; debian_install && use_debian; fi
}

# --- tools -----------------------------------------------------------------------------------------------------------

# Ready-made where somebody has cargo-binstall and the releases can be reached; compiling takes a quarter of an hour.
ready_made() {
  have cargo-binstall && timeout 120 cargo-binstall --no-confirm --disable-strategies compile --root "$CACHE/tools" "$1@$2" </dev/null
}

# The lock file of a tool may name versions that a mirror does not have (yet); then newer or older compatible ones do.
cargo_tool() {
  local crate=$1 version=$2 level=$3
  say "building $crate $version (once, into $CACHE/tools)"
  local build=(env CARGO_TARGET_DIR="$CACHE/build-tools" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    CARGO_PROFILE_RELEASE_OPT_LEVEL="$level" cargo install "$crate" --version "$version" --root "$CACHE/tools" --force)
  (cd "$CACHE" && { "${build[@]}" --locked || { say "$crate: its own lock file could not be used here, resolving anew"; "${build[@]}"; }; }) \
    || die "could not build $crate $version"
  rm -rf "$CACHE/build-tools"
}

bindgen_version() {
  local from_lock
  from_lock=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' "$ROOT/Cargo.lock" 2>/dev/null)
  echo "${from_lock:-$(sed -n 's/^wasm-bindgen *= *"=\(.*\)"/\1/p' "$ROOT/Cargo.toml")}"
}

setup_node() {
  have node && have npm || apt_install nodejs npm
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || die "Node.js 18 or newer is needed, found $(node --version)"
}

setup_tools() {
  mkdir -p "$CACHE/tools"
  have gcc || have cc || apt_install gcc libc6-dev
  have pkg-config || apt_install pkg-config
  setup_node
  if [ "$(cat "$CACHE/tools/node_modules/binaryen/package.json" 2>/dev/null | sed -n 's/^ *"version": "\(.*\)".*/\1/p')" != $BINARYEN ]; then
    say "installing wasm-opt (binaryen $BINARYEN)"
    npm install --silent --prefix "$CACHE/tools" --no-save "binaryen@$BINARYEN" </dev/null || die "could not install binaryen $BINARYEN from npm"
  fi
  setup_fonts
}

# Two faces out of a package of eight, and their licence. Debian's fonts have the characters that these lack: Noto's such as 𤋮,
# BabelStone Han (Arphic Public License) those that Unicode has only had for some years.
setup_fonts() {
  local rare
  have apt-get && for rare in fonts-noto-cjk fonts-babelstone-han; do
    installed $rare || (apt_install $rare) || say "without $rare the rarest characters are printed as blanks to be filled in by hand"
  done
  [ -f "$FONTS/LICENSE_FONT" ] && return
  local work package; work=$(mktemp -d) || die "no temporary folder"
  say "installing the fonts of the printed forms (Noto Serif SC, package $NOTO_SERIF)"
  npm install --silent --prefix "$work" --no-save "@expo-google-fonts/noto-serif-sc@$NOTO_SERIF" </dev/null || die "could not install the fonts from npm"
  package=$work/node_modules/@expo-google-fonts/noto-serif-sc
  mkdir -p "$FONTS" && cp "$package/400Regular/NotoSerifSC_400Regular.ttf" "$FONTS/NotoSerifSC-Regular.ttf" \
    && cp "$package/700Bold/NotoSerifSC_700Bold.ttf" "$FONTS/NotoSerifSC-Bold.ttf" && cp "$package/LICENSE_FONT" "$FONTS/" || die "the fonts are not in their package"
  rm -rf "$work"
}

# What builds the site. `build` compiles them beside the project's own first compilation.
bindgen_ready() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(bindgen_version)" ]; }
leptos_ready() { [[ "$(cargo-leptos --version 2>/dev/null)" == *" $CARGO_LEPTOS" ]]; }
cargo_tools_ready() { bindgen_ready && leptos_ready; }
setup_cargo_tools() {
  bindgen_ready || cargo_tool wasm-bindgen-cli "$(bindgen_version)" 1
  leptos_ready || ready_made cargo-leptos $CARGO_LEPTOS || cargo_tool cargo-leptos $CARGO_LEPTOS 0
}

# --- what the tests need ---------------------------------------------------------------------------------------------

setup_test_tools() {
  [[ "$(cargo-deny --version 2>/dev/null)" == *" $CARGO_DENY" ]] || ready_made cargo-deny $CARGO_DENY || cargo_tool cargo-deny $CARGO_DENY 0
  [ "$(cargo-machete --version 2>/dev/null)" = $CARGO_MACHETE ] || ready_made cargo-machete $CARGO_MACHETE || cargo_tool cargo-machete $CARGO_MACHETE 0
  [[ "$(cargo-nextest --version 2>/dev/null)" == *" $CARGO_NEXTEST "* ]] || ready_made cargo-nextest $CARGO_NEXTEST || cargo_tool cargo-nextest $CARGO_NEXTEST 0
}

# The newest of Debian's, else the one in PATH (a link there does not bring createdb along).
postgres_bin() {
  local dir newest=
  for dir in "$(dirname "$(readlink -f "$(command -v postgres)" 2>/dev/null)" 2>/dev/null)" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do
    [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/createdb" ] && newest=$dir
  done
  echo "$newest"
}

# The one without windows takes two thirds of the time of the other.
HEADLESS=chromium-headless-shell
chromium_path() { for name in "${CHROMIUM:-}" $HEADLESS /usr/bin/chromium chromium chromium-browser google-chrome; do
  [ -n "$name" ] && command -v "$name" && return; done; return 1; }

setup_postgres() {
  [ -n "$(postgres_bin)" ] || apt_install postgresql
  [ -n "$(postgres_bin)" ] || die "PostgreSQL (initdb, postgres) is missing; the tests do not run without it"
}

# Other programs read the printed papers back.
setup_poppler() {
  have pdftotext || apt_install poppler-utils
  have zbarimg || apt_install zbar-tools
  have sqlite3 || apt_install sqlite3
  have pdftotext || die "pdftotext (poppler-utils) is missing; the tests do not run without it"
  have zbarimg || die "zbarimg (zbar-tools) is missing; the browser tests do not run without it"
  have sqlite3 || die "sqlite3 is missing; the browser tests do not run without it"
}

# Playwright, and the identity service of the tests and the demo.
setup_packages() {
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  local lock=$ROOT/end2end/package-lock.json stamp=$ROOT/end2end/node_modules/.installed
  if ! cmp -s "$lock" "$stamp"; then
    say "installing the packages of end2end"
    npm ci --silent --prefix "$ROOT/end2end" </dev/null || die "npm ci in end2end failed"
    cp "$lock" "$stamp"
  fi
}

# It looks for what the interface for schools answers and does not describe.
SCHEMATHESIS_BIN=$CACHE/tools/schemathesis-$SCHEMATHESIS/bin/schemathesis
setup_schemathesis() {
  [ -x "$SCHEMATHESIS_BIN" ] && return
  local folder=${SCHEMATHESIS_BIN%/bin/*}
  have curl || apt_install curl
  have python3 || apt_install python3
  rm -rf "$folder"
  say "installing schemathesis $SCHEMATHESIS"
  python3 -m venv "$folder" </dev/null >&2 || { rm -rf "$folder"; apt_install python3-venv; python3 -m venv "$folder" </dev/null >&2; } \
    || die "python3 -m venv does not work; schemathesis needs it"
  # Half of it is none.
  "$folder/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$SCHEMATHESIS" </dev/null >&2 \
    || { rm -rf "$folder"; die "could not install schemathesis $SCHEMATHESIS from PyPI"; }
}

setup_browser() {
  # Not every Debian has it.
  [ -n "${CHROMIUM:-}" ] || have $HEADLESS || ! have apt-get || (apt_install $HEADLESS) || say "no $HEADLESS here"
  chromium_path >/dev/null || apt_install chromium
  have apt-get && apt_install fonts-noto-cjk
  CHROMIUM=$(chromium_path) || die "Chromium is missing; the browser tests do not run without it"
  export CHROMIUM
  setup_packages
}

setup() {
  mkdir -p "$CACHE" "$CARGO_TARGET_DIR"
  setup_rust
  setup_tools
  say "Rust from $RUST_FROM, wasm-bindgen $(bindgen_version), cargo-leptos $CARGO_LEPTOS, wasm-opt $BINARYEN, compiled things in $CARGO_TARGET_DIR"
  case ${1:-build} in
    run) setup_packages ;;
    test) setup_test_tools; setup_postgres; setup_poppler; setup_browser; setup_schemathesis ;;
    rust) setup_test_tools; setup_postgres; setup_poppler; setup_packages ;;
    postgres) setup_postgres; setup_packages ;;
    browser) setup_browser; setup_schemathesis ;;
    build) ;;
    *) die "setup: unknown part $1" ;;
  esac
}
