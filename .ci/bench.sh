#!/usr/bin/env bash
# Measures the program that people run: the release build, over HTTP, with an office bigger than most.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
"$ROOT/.ci/build.sh"
cd "$ROOT"
NANAWARI_BENCH_PROGRAM="$CARGO_TARGET_DIR/release/nanawari" cargo bench --locked --package server --bench load
NANAWARI_BENCH_PROGRAM="$CARGO_TARGET_DIR/release/nanawari" cargo bench --locked --package server --bench calls
cargo bench --locked --package domain --bench decide
