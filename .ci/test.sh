#!/usr/bin/env bash
# Every test there is: Rust tests on SQLite and on a PostgreSQL of their own, then the journeys in the system's Chromium
# against the real program. All of them run even when some fail; the last line counts them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/.ci/setup.sh" test
cd "$ROOT"
logs="$CARGO_TARGET_DIR/test-logs"
mkdir -p "$logs"
failed_steps=0

# step NAME COMMAND… : runs it, keeps what it prints, remembers that it failed.
step() {
  local name=$1
  shift
  say "$name"
  if ! "$@" 2>&1 | tee "$logs/$name.log"; then
    failed_steps=$((failed_steps + 1))
    echo "$name" >>"$logs/failed"
  fi
}

rm -f "$logs"/*
step site node .ci/site.mjs
step rust .ci/postgres.sh cargo test --locked --workspace --no-fail-fast
step program cargo build --locked --package server --bin nanawari
step browser node e2e/run.mjs

passed="$(awk '/^test result:/ { sum += $4 } /^[^ ]+ pass [0-9]+$/ { sum += $3 } END { print sum + 0 }' "$logs/rust.log" "$logs/browser.log")"
failed="$(awk '/^test result:/ { sum += $6 } /^[^ ]+ fail [0-9]+$/ { sum += $3 } END { print sum + 0 }' "$logs/rust.log" "$logs/browser.log")"
# A step that broke before it could count anything (a compile error, a page over its budget) is a failure of its own.
if [ "$failed_steps" -gt 0 ]; then
  say "Failed: $(tr '\n' ' ' <"$logs/failed")"
  [ "$failed" -gt 0 ] || failed=$failed_steps
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$failed_steps" -eq 0 ] && [ "$passed" -gt 0 ]
