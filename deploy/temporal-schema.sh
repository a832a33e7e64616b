#!/bin/sh
# Temporal's two databases: an existing one is upgraded to this version's schema, a missing one is made first.
set -eu
schema() {
  temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --db "$1" update-schema \
    --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  folder=${pair##*:}
  if ! schema "$database" "$folder"; then
    echo "$database is not there yet: it is made"
    temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --db "$database" create
    temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --db "$database" setup-schema --version 0.0
    schema "$database" "$folder"
  fi
done
