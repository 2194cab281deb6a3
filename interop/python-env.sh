#!/usr/bin/env bash
# Makes the Python environments that interop tests and golden/generate.py run real Keras in:
#   .cache/python/3.6/bin/python     Keras 3.6.0
#   .cache/python/latest/bin/python  the newest Keras 3 of requirements-latest.txt
# With --tensorflow also tensorflow-3.6 and tensorflow-latest, the same with TensorFlow beside JAX, for texts.
# With --tf-keras [2.5|2.9|2.13|2.15]… those of TensorFlow's own Keras instead, see tf-keras-env.sh.
# An environment that matches its requirements file is left alone. CERATOPS_PYTHON_ENVS may name an existing folder
# with subfolders 3.6 and latest to link to instead. Exits 3, with the reason, where environments cannot be made.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$here")/.cache/python"
mkdir -p "$root"

if [ "${1:-}" = "--tf-keras" ]; then
  exec "$here/tf-keras-env.sh" "${@:2}"
fi

unavailable() {
  echo "python-env: $1" >&2
  exit 3
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

link_existing() {
  local name
  for name in 3.6 latest; do
    [ -x "$CERATOPS_PYTHON_ENVS/$name/bin/python" ] ||
      unavailable "CERATOPS_PYTHON_ENVS: expected $CERATOPS_PYTHON_ENVS/$name/bin/python, received no such program."
    if [ -L "$root/$name" ] || [ ! -e "$root/$name" ]; then
      ln -sfn "$(cd "$CERATOPS_PYTHON_ENVS/$name" && pwd -P)" "$root/$name"
    fi
  done
}

make_environment() {
  local name="$1" python="$2" keras="${1#tensorflow-}" target="$root/$1"
  local requirements="$here/requirements-$keras.txt"
  if [ -L "$target" ] && [ -x "$target/bin/python" ]; then return; fi
  if [ -x "$target/bin/python" ] && cmp -s "$requirements" "$target/requirements.txt"; then return; fi
  rm -rf "$target"
  "$python" -m venv "$target" || unavailable "cannot make a virtual environment with $python."
  if ! "$target/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 30 \
    -r "$requirements" >"$target/install.log" 2>&1; then
    unavailable "pip could not install $requirements: $(tail -n 1 "$target/install.log")"
  fi
  # TensorFlow names versions of Keras that it does not need.
  if [ "$name" != "$keras" ] && ! "$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    -r "$here/requirements-tensorflow.txt" >"$target/install.log" 2>&1; then
    unavailable "pip could not install TensorFlow: $(tail -n 1 "$target/install.log")"
  fi
  cp "$requirements" "$target/requirements.txt"
}

if [ -n "${CERATOPS_PYTHON_ENVS:-}" ]; then
  link_existing
else
  missing=0
  for name in 3.6 latest; do
    [ -L "$root/$name" ] || [ -f "$root/$name/requirements.txt" ] || missing=1
  done
  python=python3
  if [ "$missing" = 1 ]; then
    python="$(find_python)" || unavailable "expected Python 3.11 or newer with venv, found none. Set PYTHON to one."
  fi
  make_environment 3.6 "$python"
  make_environment latest "$python"
fi
if [ "${1:-}" = "--tensorflow" ]; then
  python="$(find_python)" || unavailable "expected Python 3.11 or newer with venv, found none. Set PYTHON to one."
  make_environment tensorflow-3.6 "$python"
  make_environment tensorflow-latest "$python"
fi
echo "$root"
