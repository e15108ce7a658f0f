#!/usr/bin/env bash
# Form, lints of both halves, and the dependency policy. The wasm half is linted by itself, because a check of the whole
# workspace compiles `app` only as the server sees it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/.ci/setup.sh" lint
cd "$ROOT"

say "Format"
cargo fmt --all --check
say "Lints, server half"
cargo clippy --locked --workspace --all-targets -- -D warnings
say "Lints, browser half"
cargo clippy --locked --package app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown -- -D warnings
say "Dependency policy"
deny="$(cargo_tool cargo-deny "$(cat .ci/cargo-deny.version)" cargo-deny)"
"$deny" --offline --locked check --hide-inclusion-graph licenses bans sources
say "Scripts"
for script in .ci/*.sh .ci/run; do bash -n "$script"; done
sh -n assets/pbx/kamailio/nanawari-pbx
for script in .ci/*.mjs e2e/*.mjs e2e/*/*.mjs; do [ -e "$script" ] && node --check "$script"; done
