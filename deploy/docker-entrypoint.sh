#!/bin/sh
# Brings the schema up to date under an advisory lock, so that replicas may start together, then becomes the process.
set -e
node dist/src/cli/main.js migrate up
exec "$@"
