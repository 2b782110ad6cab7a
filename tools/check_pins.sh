#!/bin/bash
# make pins: the pinned files suit Debian 12 on both processors, from wheels alone (nothing is built on install).
set -euo pipefail
for processor in x86_64 aarch64; do
    .venv/bin/uv pip compile --quiet --no-annotate --no-header --only-binary :all: \
        --python-version 3.11 --python-platform "$processor-manylinux_2_36" \
        pyproject.toml requirements/build.in --extra dev --constraints requirements/dev.txt |
        diff - <(sed -n 's/^\([a-z0-9].*==[^ ]*\).*/\1/p' requirements/dev.txt) ||
        { echo "requirements/dev.txt does not suit $processor"; exit 1; }
done
python3 -m tools.committed_files
