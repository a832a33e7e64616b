#!/bin/sh
# Brings the schema up to date under an advisory lock, so that replicas may start together, then runs the process. As
# PID 1 this shell passes SIGTERM on at every moment; a process that replaced it would ignore one while it starts.
stopped=
child=
stop() {
  stopped=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop TERM INT

run() {
  [ -z "$stopped" ] || exit 143
  "$@" &
  child=$!
  # A signal may have come before the child had its id.
  [ -z "$stopped" ] || kill -TERM "$child" 2>/dev/null
  # A signal also ends the wait.
  wait "$child"
  status=$?
  while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    status=$?
  done
}

run node dist/src/cli/main.js migrate up
[ "$status" -eq 0 ] || exit "$status"
# The process is not to know who may change the audit log.
unset DATABASE_OWNER_URL
run "$@"
exit "$status"
