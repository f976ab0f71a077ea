#!/usr/bin/env bash
# Scans for the action. Never fails by itself: the status is an output, so that
# the upload comes first. Writes `status` and, unless the scan could not run,
# `sarif` to $GITHUB_OUTPUT.
set -uo pipefail

reports="${ECART_REPORTS:-ecart-reports}"
mkdir -p "$reports" "${ECART_STATE:-$reports}"
sarif="$reports/gaps.sarif"
rm -f "$reports"/gaps.* # an earlier report must not pass for this one

args=(scan --config "${ECART_CONFIG:-ecart.yaml}" -o "$sarif" -o "$reports/gaps.json" -o "$reports/gaps.md" -o "$reports/gaps.html" -o "$reports/gaps.xlsx")
[ -n "${ECART_STATE:-}" ] && args+=(--state "$ECART_STATE/state.db")
[ -n "${ECART_CATEGORY:-}" ] && args+=(--category "$ECART_CATEGORY")
[ -n "${ECART_FAIL_ON:-}" ] && args+=(--fail-on "$ECART_FAIL_ON")
[ -n "${ECART_BASELINE:-}" ] && args+=(--baseline "$ECART_BASELINE")
[ -n "${ECART_DIFF:-}" ] && args+=(--diff "$ECART_DIFF")
while IFS= read -r line; do [ -n "$line" ] && args+=("$line"); done <<<"${ECART_ARGUMENTS:-}"
while IFS= read -r line; do [ -n "$line" ] && args+=("$line"); done <<<"${ECART_TARGETS:-}"

"$ECART" "${args[@]}"
status=$?
echo "status=$status" >>"$GITHUB_OUTPUT"
# 0, 1 and 3 wrote a whole report; anything else did not.
case "$status" in
  0 | 1 | 3) [ -s "$sarif" ] && echo "sarif=$sarif" >>"$GITHUB_OUTPUT" ;;
  *) echo "::error::the scan could not run (exit status $status): nothing is uploaded, alerts stay as they were" ;;
esac
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -s "$reports/gaps.md" ]; then
  head -c 900000 "$reports/gaps.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit 0
