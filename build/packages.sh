#!/usr/bin/env bash
# Installs the system packages that are missing: build/packages.sh window|test ...
# On Debian and its kin with apt, through sudo when not root. On any other system it prints what to
# install and stops, because guessing a package name would be worse.
set -euo pipefail

window='gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev'
test='gcc libc6-dev chromium firefox-esr gnome-keyring dbus-daemon xvfb xauth xdotool imagemagick x11-utils fonts-dejavu-core'

wanted=''
for set in "$@"; do
  case "$set" in
    window) wanted="$wanted $window" ;;
    test) wanted="$wanted $test" ;;
    *) echo "packages.sh: there is no set of packages called $set" >&2; exit 2 ;;
  esac
done

for tool in go node npm git; do
  command -v "$tool" >/dev/null || { echo "Sightline needs $tool (Go 1.26 or newer, Node 20 or newer). Install it and try again." >&2; exit 1; }
done

if [ "$(uname -s)" = Darwin ] && [[ "$wanted" != *chromium* ]]; then
  exit 0 # the window needs only the Xcode command line tools, which brought make and git
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "This system has no apt. Install what these packages of Debian hold, then try again:" >&2
  printf '  %s\n' $wanted >&2
  echo "The window needs GTK 3 and WebKitGTK with the 4.1 API; without them, run: CGO_ENABLED=0 go build . && ./sightline serve" >&2
  exit 1
fi

missing=''
for package in $wanted; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=''
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "These packages are missing and need root to install:$missing" >&2; exit 1; }
  as_root='sudo'
fi
echo "Installing:$missing"
install() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
$as_root apt-get update -qq
# A cleaning hook of some images deletes downloads while another apt runs: once more is enough.
install || { sleep 5; $as_root apt-get update -qq; install; }
