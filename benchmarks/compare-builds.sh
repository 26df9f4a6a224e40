#!/usr/bin/env bash
# Whether this working tree is slower than another revision: builds the benchmarks of both and runs the table's cases of the two in turn.
#   benchmarks/compare-builds.sh REVISION [options of the command 'builds', such as --rounds 9 --only product]
set -euo pipefail
if [ $# -eq 0 ] || [ "$1" = --help ]; then
    sed -n '2,3s/^# *//p' "$0" >&2
    exit 2
fi

revision=$1
shift
cd "$(dirname "$0")/.."
old=$(mktemp -d)
trap 'git worktree remove --force "$old/tree" 2>/dev/null || true; rm -rf "$old"' EXIT
git worktree add --quiet --detach "$old/tree" "$revision"
for tree in "$old/tree" .; do
    (cd "$tree" && dotnet build -c Release --nologo -v quiet benchmarks/Retrodict.Benchmarks >&2)
done

program=benchmarks/Retrodict.Benchmarks/bin/Release/net10.0/Retrodict.Benchmarks.dll
dotnet "$program" builds --old "$old/tree/$program" "$@"
