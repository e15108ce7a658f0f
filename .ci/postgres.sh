#!/usr/bin/env bash
# `postgres.sh COMMAND…` runs the command with a PostgreSQL of its own: a new cluster in a temporary folder, on a free
# loopback port, with fsync on as in a real house, named in NANAWARI_TEST_POSTGRES_URL, and gone afterwards.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)"
[ -x "$bin/initdb" ] || bin="$(dirname "$(command -v initdb || missing PostgreSQL 'apt-get install -y postgresql')")"

# PostgreSQL refuses to run as root: then it runs as the user `postgres`, which its package brings.
as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

folder="$(mktemp -d "${TMPDIR:-/tmp}/nanawari-postgres.XXXXXX")"
[ "$(id -u)" = 0 ] && chown postgres "$folder"
port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')"

stop() {
  (cd / && as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop) >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

cd /
as_owner "$bin/initdb" -D "$folder/data" -U nanawari -A trust -E UTF8 --locale=C >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" start \
  -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=400" >/dev/null ||
  { cat "$folder/log" >&2; exit 1; }

cd "$ROOT"
export NANAWARI_TEST_POSTGRES_URL="postgres://nanawari@127.0.0.1:$port/postgres"
"$@"
