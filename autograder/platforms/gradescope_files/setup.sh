#!/usr/bin/env bash
# Run once by Gradescope, as root, when the image is built: Python, NumPy, bubblewrap.
set -euo pipefail
cd "$(dirname "$0")"

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

if [ -z "$(find_python)" ] || ! command -v bwrap >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq --no-install-recommends bubblewrap python3 python3-venv || true
    [ -n "$(find_python)" ] ||
        apt-get install -qq --no-install-recommends python3.11 python3.11-venv
fi
"$(find_python)" -m venv /autograder/venv
/autograder/venv/bin/python -m pip install --quiet -r requirements.txt
