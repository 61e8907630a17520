# The identity service of the demo (end2end/issuer). Source after setup.sh; it ends with the process that started it.

start_issuer() {
  # Whoever names another service has one.
  [ -z "${IDENTITY_ISSUER:-}" ] || return 0
  local port=$((${PORT:-3000} + 10))
  export IDENTITY_ISSUER=http://127.0.0.1:$port
  mkdir -p "$ROOT/target"
  PORT=$port node "$ROOT/end2end/issuer/server.mjs" >"$ROOT/target/identity.log" 2>&1 &
}
