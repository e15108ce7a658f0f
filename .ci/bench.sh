#!/usr/bin/env bash
# Measures the program that people run: the release build, over HTTP, with an office bigger than most.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
"$ROOT/.ci/build.sh"
cd "$ROOT"
export NANAWARI_BENCH_PROGRAM="$CARGO_TARGET_DIR/release/nanawari"
cargo build --locked --release --package benches
"$CARGO_TARGET_DIR/release/load"
"$CARGO_TARGET_DIR/release/calls"
cargo bench --locked --package domain --bench decide
