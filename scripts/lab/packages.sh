# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Installs missing Debian packages; to be sourced.

# For building for an architecture, and for running emulated machines of it.
LAB_PACKAGES="make gcc libc6-dev python3 python3-pexpect util-linux"
LAB_PACKAGES_arm64="gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-arm-linux-gnueabihf qemu-system-arm"
LAB_PACKAGES_arm="gcc-arm-linux-gnueabihf libc6-dev-armhf-cross qemu-system-arm"
LAB_PACKAGES_x86="qemu-system-x86"

# lab_packages ARCH...: what these architectures need.
lab_packages() {
	printf '%s ' $LAB_PACKAGES
	for arch in "$@"; do
		eval "printf '%s ' \$LAB_PACKAGES_$arch"
	done
}

missing_packages() {
	for package in "$@"; do
		case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" in
		installed) ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

# Run a command as root, without questions where nobody could answer them.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

# need_packages NAME...: install what is missing, or say what a person has to do and fail.
need_packages() {
	missing=$(missing_packages "$@")
	[ -z "$missing" ] && return 0
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		echo "Packages are missing. As root, run:  apt-get install $missing" >&2
		return 1
	fi
	echo "  install $missing"
	log=$(mktemp)
	# shellcheck disable=SC2086 # a list of words
	if as_root apt-get update -q >"$log" 2>&1 &&
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
			$missing >>"$log" 2>&1 </dev/null; then
		rm -f "$log"
		return 0
	fi
	tail -n 15 "$log" >&2
	rm -f "$log"
	echo "Packages could not be installed. As root, run:  apt-get install $missing" >&2
	return 1
}
