#!/usr/bin/env bash
# Makes environments of TensorFlow's own Keras, which golden/generate_tf_keras.py and interop tests run:
#   .cache/python/tf-keras-2.5/bin/python    TensorFlow 2.5.0 with its Keras 2.5.0, for golden/scripts/{saved_models,yaml_texts}.py
#   .cache/python/tf-keras-2.9/bin/python    TensorFlow 2.9.3 with its Keras 2.9.0
#   .cache/python/tf-keras-2.13/bin/python   TensorFlow 2.13.1 with its Keras 2.13.1
#   .cache/python/tf-keras-2.15/bin/python   TensorFlow 2.15.1 with its Keras 2.15.0
# Called by python-env.sh --tf-keras [2.5|2.9|2.13|2.15]… (default: 2.9). They need Python 3.9, which is that of Debian 11: it stands
# in a folder beside them and runs by its own loader and libraries, so that nothing of this machine is replaced.
# About 1.4 GB and two minutes each. Exits 3, with the reason, where they cannot be made: no root, no debootstrap, no network.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$(dirname "$here")/.cache/python" && pwd -P)"
debian="$root/debian-11"

unavailable() {
  echo "python-env: $1" >&2
  exit 3
}

make_debian() {
  [ ! -e "$debian/complete" ] || return 0
  [ "$(uname -m)" = x86_64 ] || unavailable "TensorFlow's Keras needs x86_64, this is $(uname -m)."
  [ "$(id -u)" = 0 ] || unavailable "debootstrap needs root."
  command -v debootstrap >/dev/null || unavailable "expected the program debootstrap, found none."
  local mirror
  mirror="$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1)" || true
  rm -rf "$debian"
  mkdir -p "$debian"
  debootstrap --variant=minbase --include=python3,python3-pip bullseye "$debian" \
    "${mirror:-http://deb.debian.org/debian}" >"$root/debootstrap.log" 2>&1 ||
    unavailable "debootstrap could not make Debian 11: $(tail -n 1 "$root/debootstrap.log")"
  touch "$debian/complete"
}

make_environment() {
  local name="tf-keras-$1" target="$root/tf-keras-$1"
  local requirements="$here/requirements-$name.txt"
  [ -f "$requirements" ] || unavailable "expected $requirements, found no such file."
  if [ -x "$target/bin/python" ] && cmp -s "$requirements" "$target/requirements.txt"; then return; fi
  make_debian
  rm -rf "$target"
  mkdir -p "$target/bin"
  cat >"$target/bin/python" <<PYTHON
#!/bin/sh
debian='$debian'
export PYTHONHOME="\$debian/usr" PYTHONPATH="$target/packages\${PYTHONPATH:+:\$PYTHONPATH}" TF_CPP_MIN_LOG_LEVEL=3
exec "\$debian/lib/x86_64-linux-gnu/ld-2.31.so" --library-path "\$debian/usr/lib/x86_64-linux-gnu:\$debian/lib/x86_64-linux-gnu" \\
  "\$debian/usr/bin/python3.9" "\$@"
PYTHON
  chmod +x "$target/bin/python"
  "$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --target "$target/packages" -r "$requirements" >"$target/install.log" 2>&1 ||
    unavailable "pip could not install $requirements: $(tail -n 1 "$target/install.log")"
  cp "$requirements" "$target/requirements.txt"
}

for version in "${@:-2.9}"; do make_environment "$version"; done
echo "$root"
