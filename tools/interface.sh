# The interface for schools against its own description, by schemathesis. Source after setup.sh and build.sh.
# A demo of its own is served; a school of it calls as often as it likes.

INTERFACE_PID=
# What it looks for within this time, in seconds, and when it has to have ended.
INTERFACE_TIME=60 INTERFACE_END=85

stop_interface() {
  [ -n "$INTERFACE_PID" ] || return 0
  kill "$INTERFACE_PID" 2>/dev/null
  wait "$INTERFACE_PID" 2>/dev/null
  INTERFACE_PID=
}

# $1: a folder for its data.
interface_test() {
  local port token site folder=$1 code
  port=$(free_port)
  site=http://127.0.0.1:$port
  token=$(sed -n 's/^token = "\(kjxy_.*\)"$/\1/p' "$ROOT/provinces/demo.toml" | head -n 1)
  [ -n "$token" ] || { say "no school of the demo has a token"; return 1; }
  mkdir -p "$folder"
  (cd "$ROOT" && DATA_DIR=$folder PORT=$port SCHOOL_CALLS=1000000 exec "$SUANPAN_BIN" serve --demo) >"$folder.log" 2>&1 &
  INTERFACE_PID=$!
  curl -fsS -o /dev/null --retry 60 --retry-delay 1 --retry-all-errors "$site/readyz" || { cat "$folder.log"; stop_interface; return 1; }
  (cd "$folder" && timeout "$INTERFACE_END" "$SCHEMATHESIS_BIN" --config-file "$ROOT/end2end/school/schemathesis.toml" run "$site/api/v1/openapi.json" \
    -H "Authorization: Bearer $token" --max-time "$INTERFACE_TIME" --seed 20261130 --no-color)
  code=$?
  stop_interface
  return $code
}
