#!/bin/sh
# A backup each day; after a failure, which the log names, again after ten minutes.
child=
trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 0' TERM INT
while :; do
  node dist/src/cli/main.js backup create &
  child=$!
  if wait "$child"; then wait_s=86400; else wait_s=600; fi
  sleep "$wait_s" &
  child=$!
  wait "$child"
done
