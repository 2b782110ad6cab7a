#!/bin/bash
# make check: every look that needs no running product. All are made, also after one has failed.
#
#   tools/check.sh            all
#   tools/check.sh types      one of them (the names are below)
set -uo pipefail
export LC_ALL=C.UTF-8
export PATH="$PWD/.venv/bin:$PATH"

# The tools read the settings as the tests do; the deployment check has its own surroundings.
export SKOLNAV_ENVIRONMENT=test
unset DATABASE_URL

format() { ruff format --check --output-format concise src tools || { echo "Mend it with: ruff format src tools"; return 1; }; }
lint() { ruff check --quiet --output-format concise src tools; }
types() { mypy --no-error-summary; }
contracts() { lint-imports --no-cache >build/contracts.txt 2>&1 || { cat build/contracts.txt; return 1; }; }
templates() { djlint --lint --quiet src; }
texts() { python -m tools.messages --check; }
migrations() { python manage.py makemigrations --check --dry-run; }
files() { python -m tools.committed_files; }

deployment() {
    SKOLNAV_ENVIRONMENT=production \
    SKOLNAV_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    SKOLNAV_URL=https://skolnav.example SKOLNAV_DATA=build/deployment \
        python manage.py check --deploy --fail-level WARNING
}

mkdir -p build/deployment
failed=()
for name in "${@:-format lint types contracts templates texts migrations deployment files}"; do
    for step in $name; do
        began=$SECONDS
        printf '%-12s' "$step"
        if output=$("$step" 2>&1); then
            printf 'ok   %3d s\n' $((SECONDS - began))
        else
            printf 'FAILED\n%s\n' "$output"
            failed+=("$step")
        fi
    done
done

if [ ${#failed[@]} -gt 0 ]; then
    echo "make check: failed: ${failed[*]}"
    exit 1
fi
echo "make check: all is well"
