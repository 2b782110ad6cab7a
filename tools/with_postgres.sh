#!/bin/bash
# Runs a command with DATABASE_URL at a PostgreSQL of its own, which ends with the command.
#
#   tools/with_postgres.sh COMMAND...               an empty one, quick and forgetful, for the tests
#   tools/with_postgres.sh --keep NAME COMMAND...   one whose data is found again next time, for the bench
#
# Needs Debian's package postgresql (the programs; its own cluster is not touched). It listens on a unix
# socket in a folder of its own, so it meets no other server. PostgreSQL refuses to run as root: then
# it runs as Debian's user postgres.
set -euo pipefail
export LC_ALL=C.UTF-8

keep=
if [ "${1:-}" = --keep ]; then keep=$2; shift 2; fi
if [ $# -eq 0 ]; then echo "Say which command to run: $0 COMMAND..." >&2; exit 2; fi

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$programs" ]; then
    echo "PostgreSQL is missing. Install it with: apt-get install postgresql" >&2
    exit 1
fi

as_owner() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then as_owner() { runuser -u postgres -- "$@"; }; fi

# In /tmp, since a socket's path may be 107 characters long and a temp folder of one's own may be closed to postgres.
sockets=$(as_owner mktemp -d /tmp/skolnav-pg-XXXXXX)
# One that is kept is closed in order, or it would begin with mending itself the next time.
if [ -n "$keep" ]; then cluster=/var/tmp/skolnav-$keep-$(id -u) ending=fast; else cluster=$sockets/cluster ending=immediate; fi

stop() {
    as_owner "$programs/pg_ctl" -D "$cluster" -m "$ending" -w stop >/dev/null 2>&1 || true
    as_owner rm -rf "$sockets"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd /  # the owner may not be allowed to stand where we stand
if ! as_owner test -f "$cluster/PG_VERSION"; then
    as_owner "$programs/initdb" -D "$cluster" -U skolnav -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"/dev/null"
fi
options="-k $sockets -c listen_addresses='' -c max_connections=200 -c shared_buffers=256MB"
if [ -z "$keep" ]; then options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"; fi
as_owner "$programs/pg_ctl" -D "$cluster" -l "$sockets/log" -o "$options" -w -t 60 start >/dev/null || {
    as_owner cat "$sockets/log" >&2
    exit 1
}
as_owner "$programs/createdb" -h "$sockets" -U skolnav skolnav 2>/dev/null || true  # a kept one has it already
cd - >/dev/null

export PGHOST=$sockets PGUSER=skolnav PGDATABASE=skolnav SKOLNAV_POSTGRES_BIN=$programs
export DATABASE_URL="postgres://skolnav@${sockets//\//%2F}/skolnav"
"$@"
