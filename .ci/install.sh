#!/usr/bin/env bash
# Installs ecart for the action: builds its own source, or takes a release whose
# SHA-256 must fit. Writes `ecart=<path>` to $GITHUB_OUTPUT.
set -euo pipefail

bin="${RUNNER_TEMP:-/tmp}/ecart-bin"
mkdir -p "$bin"
exe=ecart
[ "${ECART_OS:-Linux}" = Windows ] && exe=ecart.exe

if [ "${ECART_VERSION:-source}" = source ]; then
  (cd "$ECART_ACTION" && CGO_ENABLED=0 go build -trimpath -o "$bin/$exe" ./cmd/ecart)
else
  case "${ECART_OS:-Linux}" in Linux) os=linux ext=tar.gz ;; macOS) os=darwin ext=tar.gz ;; Windows) os=windows ext=zip ;; *) echo "::error::no release for $ECART_OS"; exit 2 ;; esac
  case "${ECART_ARCH:-X64}" in X64) arch=amd64 ;; ARM64) arch=arm64 ;; *) echo "::error::no release for $ECART_ARCH"; exit 2 ;; esac
  name="ecart_${ECART_VERSION#v}_${os}_${arch}.$ext"
  base="${ECART_DOWNLOAD:-$ECART_SERVER/$ECART_REPOSITORY/releases/download/$ECART_VERSION}"
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  curl --fail --silent --show-error --location --retry 3 --output "$work/$name" "$base/$name"
  want="${ECART_SHA256:-}"
  if [ -z "$want" ]; then
    curl --fail --silent --show-error --location --retry 3 --output "$work/checksums.txt" "$base/checksums.txt"
    want="$(awk -v n="$name" '$2 == n || $2 == "*" n { print $1 }' "$work/checksums.txt")"
  fi
  if command -v sha256sum >/dev/null; then got="$(sha256sum "$work/$name")"; else got="$(shasum -a 256 "$work/$name")"; fi
  if [ -z "$want" ] || [ "${got%% *}" != "$want" ]; then
    echo "::error::the checksum of $name is not the expected one: nothing was installed"
    exit 2
  fi
  if [ "$ext" = zip ]; then unzip -q -o "$work/$name" "$exe" -d "$bin"; else tar -xzf "$work/$name" -C "$bin" "$exe"; fi
fi
"$bin/$exe" version
echo "ecart=$bin/$exe" >>"$GITHUB_OUTPUT"
