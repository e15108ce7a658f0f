#!/usr/bin/env bash
# The one file: the site first, then the server that carries it within, left in target/release whatever folder cargo uses.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/.ci/setup.sh" build
node "$ROOT/.ci/site.mjs"
say "Building the server"
cargo build --release --locked --package server --bin nanawari
built="$CARGO_TARGET_DIR/release/nanawari"
wanted="$ROOT/target/release/nanawari"
if [ "$(readlink -f "$built")" != "$(readlink -f "$wanted" 2>/dev/null || true)" ]; then
  mkdir -p "$(dirname "$wanted")"
  cmp -s "$built" "$wanted" || { cp "$built" "$wanted.new" && mv "$wanted.new" "$wanted"; }
fi
say "target/release/nanawari ($(du -h "$wanted" | cut -f1))"
