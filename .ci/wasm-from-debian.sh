#!/usr/bin/env bash
# Where rustup may not download the wasm target, Debian's `rustc-web` and its sources give one: they are linked as the
# toolchain `web`, and the standard library is built once into the place where rustc looks for it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

library=/usr/lib/rustlib/wasm32-unknown-unknown/lib

if ! compgen -G "$library/libstd-*.rlib" >/dev/null; then
  have rustup || missing "the wasm target of this Rust" "install Rust by rustup, or the package with wasm32-unknown-unknown's standard library"
  linker="$(ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -1 || true)"
  if [ ! -d /usr/src/rustc-*/library ] 2>/dev/null || [ ! -x /usr/bin/rustc ] || [ -z "$linker" ]; then
    [ "$(id -u)" = 0 ] || missing "the wasm target" "sudo apt-get install rustc-web cargo-web rust-web-src lld-22, and run this again as root once"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rustc-web cargo-web rust-web-src lld-22 >"$CACHE/apt.log" 2>&1 ||
      missing "rustc-web" "apt-get install -y rustc-web cargo-web rust-web-src lld-22"
    linker="$(ls /usr/bin/wasm-ld-* | sort -V | tail -1)"
  fi
  rustup toolchain link web /usr
  scratch="$(mktemp -d)"
  trap 'rm -rf "$scratch"' EXIT
  mkdir -p "$scratch/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n' >"$scratch/Cargo.toml"
  : >"$scratch/src/lib.rs"
  say "Building the wasm standard library (about a minute)"
  (cd "$scratch" && CARGO_TARGET_DIR="$scratch/target" RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker" \
    rustup run web cargo build --quiet --release -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown)
  mkdir -p "$library"
  find "$scratch/target/wasm32-unknown-unknown/release/deps" -name '*.rlib' ! -name 'libempty*' -exec cp {} "$library/" \;
fi
rustup toolchain list | grep -q '^web' || rustup toolchain link web /usr
