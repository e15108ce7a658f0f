#!/usr/bin/env bash
# Installs what is missing, and only that: `setup.sh build` for `make run`, `setup.sh test` and `setup.sh lint` for the others.
# What it cannot install it names, with the command that would, and stops.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

setup_rust() {
  have cargo || missing "Rust 1.95 or newer" "see https://rustup.rs, or the package manager of this system"
  apt_install cc gcc libc6-dev
}

setup_node() {
  apt_install node nodejs
  apt_install npm npm
}

# The browser half needs the standard library of wasm32-unknown-unknown: from rustup, or built from Debian's sources.
setup_wasm_target() {
  local library
  library="$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null || true)"
  [ -z "${NANAWARI_WASM_FROM_DEBIAN:-}" ] && compgen -G "$library/libstd-*.rlib" >/dev/null && return 0
  if [ -z "${NANAWARI_WASM_FROM_DEBIAN:-}" ] && have rustup; then
    say "Adding the wasm target"
    rustup target add wasm32-unknown-unknown >&2 && return 0
    say "rustup could not; building it from Debian's sources instead"
  fi
  "$ROOT/.ci/wasm-from-debian.sh"
}

setup_build() {
  setup_rust
  setup_node
  setup_wasm_target
  cargo_tool wasm-bindgen-cli "$(locked_version wasm-bindgen)" wasm-bindgen >/dev/null
  npm_install "$ROOT/assets/source"
}

# The telephones of the tests: Kamailio with its modules and SIPp, as Debian has them.
setup_telephones() {
  local fresh='' sudo=''
  present /usr/sbin/kamailio || present kamailio || fresh=yes
  apt_install /usr/sbin/kamailio kamailio
  apt_install '/usr/lib/*/kamailio/modules/http_client.so' kamailio-utils-modules
  apt_install '/usr/lib/*/kamailio/modules/jansson.so' kamailio-extra-modules
  apt_install '/usr/lib/*/kamailio/modules/db_sqlite.so' kamailio-sqlite-modules
  apt_install '/usr/lib/*/kamailio/modules/tls.so' kamailio-tls-modules
  # The package starts its service at once, with an example that listens to everybody; the tests start their own on loopback.
  [ "$(id -u)" = 0 ] || sudo='sudo -n'
  [ -z "$fresh" ] || [ ! -d /run/systemd/system ] || $sudo systemctl disable --quiet --now kamailio
  apt_install sipp sip-tester
  apt_install sqlite3 sqlite3
  apt_install curl curl
  apt_install openssl openssl
}

setup_test() {
  setup_build
  setup_telephones
  npm_install "$ROOT/e2e"
  apt_install chromium chromium
  have initdb || apt_install '/usr/lib/postgresql/*/bin/initdb' postgresql
}

setup_lint() {
  setup_build
  cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt >&2 || missing rustfmt "rustup component add rustfmt"
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy >&2 || missing clippy "rustup component add clippy"
  cargo_tool cargo-deny "$CARGO_DENY_VERSION" cargo-deny >/dev/null
}

CARGO_DENY_VERSION="$(cat "$ROOT/.ci/cargo-deny.version")"
case "${1:-all}" in
  build) setup_build ;;
  test) setup_test ;;
  lint) setup_lint ;;
  all) setup_test && setup_lint ;;
  *) echo "setup.sh build|test|lint|all" >&2 && exit 2 ;;
esac
