#!/usr/bin/env bash
# Builds and runs every test. As root on Debian it first installs what some tests need beside the .NET SDK; without
# that those tests are skipped and say why. --long runs the long forms too. Other arguments go to dotnet test.
set -euo pipefail
cd "$(dirname "$0")"

arguments=()
for argument in "$@"; do
  case "$argument" in
    --long) export DWAPI_LONG_TESTS=1 ;;
    --help | -h)
      echo "usage: ./test.sh [--long] [arguments of dotnet test]"
      echo "  --long   runs the long forms of the fault and load tests too (default: short forms)"
      exit 0
      ;;
    *) arguments+=("$argument") ;;
  esac
done

install() { # command-or-file package: installs the package when that is missing and it can be installed
  { command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; } && return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  if [ -z "${apt_updated:-}" ]; then
    apt-get update -qq >/dev/null 2>&1 || true
    apt_updated=1
  fi
  echo "test.sh: installing $2"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1 ||
    echo "test.sh: $2 could not be installed; the tests that need it are skipped"
}
install python3 python3
install chromium chromium
install kubectl kubernetes-client
install npm npm
schemas=tests/Deploy.Tests/Schemas
if [ ! -d "$schemas/node_modules" ] && command -v npm >/dev/null 2>&1; then
  echo "test.sh: installing the Kubernetes schemas"
  npm install --prefix "$schemas" --no-package-lock --no-audit --no-fund --ignore-scripts --silent >/dev/null 2>&1 ||
    echo "test.sh: the Kubernetes schemas could not be installed; the test that needs them is skipped"
fi
# Its server is not in the path, and the tests start servers of their own: none has to run for them.
[ -n "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || install postgres postgresql
install dbus-daemon dbus
install /usr/lib/python3/dist-packages/dbusmock python3-dbusmock
install prusa-slicer prusa-slicer

dotnet build Dwapi.sln --nologo -v quiet
# One project after the other: timing assertions are not disturbed by a neighbour on small machines.
# The logger at "normal" says why a test was skipped; the names of those that passed are left out.
dotnet test Dwapi.sln --nologo --no-build -m:1 --logger "console;verbosity=normal" ${arguments[@]+"${arguments[@]}"} |
  { grep --line-buffered -vE '^  Passed |^\[xUnit\.net [0-9:.]+\]   (Discover|Start|Finish)|^$' || true; }
