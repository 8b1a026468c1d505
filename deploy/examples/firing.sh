#!/bin/sh
# What fires, and why somebody was or was not told: a table, and one sentence for each alert.
#   firing.sh [URL] [MATCHER...]     such as: firing.sh http://127.0.0.1:9093 'severity="page"'
# Needs curl and jq. For a port that is closed: CURL_OPTIONS='--user me:secret --cacert ca.pem'.
set -eu
url=${1:-http://127.0.0.1:9093}
[ $# -gt 0 ] && shift
query=''
for matcher in "$@"; do
  query="$query&filter=$(printf %s "$matcher" | jq -sRr @uri)"
done
# shellcheck disable=SC2086
get() { curl -fsS ${CURL_OPTIONS:-} "$url$1"; }
get "/api/v2/alerts?${query#&}" | jq -r '.[] | [.fingerprint, .status.state, .labels.alertname // "-"] | @tsv' |
  while IFS="$(printf '\t')" read -r fingerprint state name; do
    why=$(get "/api/hub/v1/alerts/$fingerprint/explain" | jq -r .sentence)
    printf '%-16s  %-10s  %s: %s\n' "$fingerprint" "$state" "$name" "$why"
  done
