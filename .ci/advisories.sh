#!/usr/bin/env bash
# Apart from `make lint`, because it asks a database on the internet and a house on a closed network has none.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
deny="$(cargo_tool cargo-deny "$(cat .ci/cargo-deny.version)" cargo-deny)"
"$deny" --locked check advisories
