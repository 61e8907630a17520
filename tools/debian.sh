#!/usr/bin/env bash
# Rust from Debian's packages, for a machine on which rustup cannot be had or has no $WASM. Sourced by setup.sh.

debian_install() {
  [ -r /etc/debian_version ] || die "Rust $CHANNEL with $WASM is missing; please install rustup (https://rustup.rs) and start again"
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web gcc libc6-dev pkg-config ca-certificates
  debian_rust || die "Debian's Rust is $(/usr/bin/rustc --version 2>&1), but rust-toolchain.toml asks for $CHANNEL"
  local linker; linker=$(basename "$(readlink /usr/bin/rust-lld || echo lld-22)")
  apt_install "$linker"
  wasm_works /usr/bin/env PATH="/usr/bin:$PATH" || build_wasm_std
}

# Debian ships no standard library for WebAssembly, but its source; RUSTC_BOOTSTRAP is for this one build only.
build_wasm_std() {
  local version sysroot work
  version=$(/usr/bin/rustc --version | cut -d' ' -f2)
  sysroot=$(/usr/bin/rustc --print sysroot)
  work=$CACHE/wasm-std/$version
  say "building the standard library of Rust $version for $WASM (about a minute, once)"
  rm -rf "$work" && mkdir -p "$work" && cp -r "/usr/src/rustc-$version/library" "$work/" || die "no source in /usr/src/rustc-$version"
  (cd "$work/library" && unset CARGO_TARGET_DIR && PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 \
    RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes" CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_OPT_LEVEL=s \
    cargo build --manifest-path sysroot/Cargo.toml --release --target $WASM --features "panic-unwind compiler-builtins-mem") \
    || die "the standard library for $WASM did not build"
  as_root mkdir -p "$sysroot/lib/rustlib/$WASM/lib"
  as_root find "$sysroot/lib/rustlib/$WASM/lib" -name '*.rlib' -delete
  as_root cp "$work/library/target/$WASM/release/deps/"*.rlib "$sysroot/lib/rustlib/$WASM/lib/"
  rm -rf "$work"
  wasm_works /usr/bin/env PATH="/usr/bin:$PATH" || die "$WASM does not link after the standard library was built"
}
