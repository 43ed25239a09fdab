#!/bin/sh
# Sets up .venv with the pinned packages, and the system libraries that the print edition needs (Debian and kin).
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
packages=""

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 Python 3.11 以上。 / Python 3.11 or newer is needed." >&2
    exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
has_library() { "$python" -c "import ctypes.util, sys; sys.exit(ctypes.util.find_library('$1') is None)"; }
has_library pango-1.0 || packages="$packages libpango-1.0-0"
has_library pangoft2-1.0 || packages="$packages libpangoft2-1.0-0"
has_library harfbuzz-subset || packages="$packages libharfbuzz-subset0"

if [ -n "$packages" ]; then
    install="apt-get install -y --no-install-recommends$packages"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "安装系统库 / installing:$packages"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null
    elif sudo -n true 2>/dev/null && command -v apt-get >/dev/null; then
        echo "安装系统库 / installing:$packages"
        sudo -n apt-get update -qq && sudo -n env DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null
    else
        echo "缺少系统库，请先运行下面这一行，再重试： / System libraries are missing. Run this, then try again:" >&2
        echo "    sudo $install" >&2
        exit 1
    fi
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "安装 Python 软件包 / installing Python packages"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
