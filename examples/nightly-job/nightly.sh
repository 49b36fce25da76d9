#!/bin/sh
# Deletes the access tokens that have expired. It prints nothing unless something went wrong, because
# cron sends by mail what its jobs print.

cd "$(dirname "$0")" || exit 1
date -u +%FT%TZ > last-run.txt
node_modules/.bin/codecatalyst-pat delete --profile codecatalyst --expired --yes --json \
  >> results.jsonl 2>> last-run.txt
code=$?
[ "$code" -eq 0 ] || cat last-run.txt
exit "$code"
