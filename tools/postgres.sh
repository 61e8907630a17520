#!/usr/bin/env bash
# A PostgreSQL of the tests' own: fresh data folder, own port, own socket, an unprivileged user. Source after setup.sh.
# Durability stays on (fsync): tests kill servers and count what was acknowledged.

PG_DIR= PG_PORT=

pg_as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

start_postgres() {
  local bin; bin=$(postgres_bin)
  [ -n "$bin" ] || die "PostgreSQL is missing"
  PG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/suanpan-pg.XXXXXX") || die "no temporary folder"
  PG_PORT=$(free_port)
  # The kernel keeps sockets' paths under 108 bytes and initdb wants to own its folder.
  [ "$(id -u)" != 0 ] || { id postgres >/dev/null 2>&1 || die "the user postgres is missing"; chown postgres "$PG_DIR"; }
  (cd "$PG_DIR" && pg_as "$bin/initdb" -D "$PG_DIR/data" --username=suanpan --auth=trust --locale=C.UTF-8 -E UTF8 >"$PG_DIR.log" 2>&1) \
    || { cat "$PG_DIR.log" >&2; die "initdb failed"; }
  (cd "$PG_DIR" && pg_as "$bin/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/log" -w -t 60 -o \
    "-p $PG_PORT -k $PG_DIR -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=on" start >>"$PG_DIR.log" 2>&1 </dev/null) \
    || { cat "$PG_DIR.log" "$PG_DIR/log" >&2; die "PostgreSQL did not start"; }
  (cd "$PG_DIR" && pg_as "$bin/createdb" -h 127.0.0.1 -p "$PG_PORT" -U suanpan suanpan) || die "createdb failed"
  export TEST_POSTGRES_URL="postgres://suanpan@127.0.0.1:$PG_PORT/suanpan"
  say "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') at $TEST_POSTGRES_URL"
}

stop_postgres() {
  [ -n "$PG_DIR" ] || return 0
  (cd "$PG_DIR" && pg_as "$(postgres_bin)/pg_ctl" -D "$PG_DIR/data" -m immediate -w stop >/dev/null 2>&1)
  rm -rf "$PG_DIR" "$PG_DIR.log"
  PG_DIR=
}
