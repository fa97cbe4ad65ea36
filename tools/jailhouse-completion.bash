# SPDX-License-Identifier: GPL-2.0-only
# bash completion for the jailhouse command

# Complete IDs and names of cells; all but the root cell with "no-root".
_jailhouse_cells() {
	local cells=/sys/devices/jailhouse/cells dir words=()

	if [ "$prev" = --name ]; then
		for dir in "$cells"/*/; do
			[ -r "$dir/name" ] && words+=("$(<"$dir/name")")
		done
	else
		words+=(--name)
		for dir in "$cells"/*/; do
			[ -r "$dir/name" ] || continue
			dir=${dir%/}
			[ "$1" = no-root ] && [ "${dir##*/}" = 0 ] && continue
			words+=("${dir##*/}" "$(<"$dir/name")")
		done
	fi
	local IFS=$'\n'
	COMPREPLY=($(compgen -W "${words[*]}" -- "$cur"))
	compopt -o filenames 2>/dev/null
}

_jailhouse_words() {
	COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

# Complete files, such as configurations: _jailhouse_files .cell
_jailhouse_files() {
	local IFS=$'\n'

	compopt -o filenames 2>/dev/null
	if [ -n "$1" ]; then
		COMPREPLY=($(compgen -f -X "!*$1" -- "$cur") $(compgen -d -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}

# Index of the first word after the cell in "cell COMMAND { ID | [--name] NAME } ..."
_jailhouse_after_cell() {
	[ "${COMP_WORDS[3]}" = --name ] && echo 5 || echo 4
}

_jailhouse_cell() {
	case "${COMP_WORDS[2]}" in
	create)
		[ "$COMP_CWORD" -eq 3 ] && _jailhouse_files .cell
		;;
	start | shutdown | destroy | stats)
		[ "$COMP_CWORD" -lt "$(_jailhouse_after_cell)" ] &&
			_jailhouse_cells "$([ "${COMP_WORDS[2]}" = stats ] || echo no-root)"
		;;
	load)
		if [ "$COMP_CWORD" -lt "$(_jailhouse_after_cell)" ]; then
			_jailhouse_cells no-root
		elif [[ "$prev" != -a && "$prev" != --address && "$prev" != -s && "$prev" != --string ]]; then
			case "$cur" in
			-*) _jailhouse_words "-s --string -a --address" ;;
			*) _jailhouse_files ;;
			esac
		fi
		;;
	linux)
		case "$prev" in
		-d) _jailhouse_files .dtb ;;
		-a) _jailhouse_words "x86 arm arm64" ;;
		-c | -k) ;;
		*)
			case "$cur" in
			-*) _jailhouse_words "-h -d -i -c -w -a -k" ;;
			*) _jailhouse_files ;;
			esac
			;;
		esac
		;;
	esac
}

_jailhouse_config() {
	case "${COMP_WORDS[2]}" in
	create)
		case "$cur" in
		-*) _jailhouse_words "-h -g -r -t -c --mem-inmates --mem-hv" ;;
		*) _jailhouse_files ;;
		esac
		;;
	collect) _jailhouse_files ;;
	check) _jailhouse_files .cell ;;
	esac
}

_jailhouse() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}

	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		_jailhouse_words "enable disable console cell config hardware --help --version"
		return
	fi
	case "${COMP_WORDS[1]}" in
	enable) [ "$COMP_CWORD" -eq 2 ] && _jailhouse_files .cell ;;
	console) _jailhouse_words "-f --follow" ;;
	cell)
		if [ "$COMP_CWORD" -eq 2 ]; then
			_jailhouse_words "create list load start shutdown destroy linux stats"
		else
			_jailhouse_cell
		fi
		;;
	config)
		if [ "$COMP_CWORD" -eq 2 ]; then
			_jailhouse_words "create collect check"
		else
			_jailhouse_config
		fi
		;;
	hardware) [ "$COMP_CWORD" -eq 2 ] && _jailhouse_words "check" ;;
	esac
	return 0
}

complete -F _jailhouse jailhouse
