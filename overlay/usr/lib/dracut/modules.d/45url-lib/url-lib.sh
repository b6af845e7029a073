#!/bin/sh
# What livenet asks of dracut's url-lib: plain HTTP only, by busybox.

command -v getarg > /dev/null || . /lib/dracut-lib.sh

# get_url_handler URL: the function that fetches it; fails when there is none
get_url_handler() {
    case "$1" in
        http://*) echo recon_fetch_url ;;
        *) return 1 ;;
    esac
}

# fetch_url URL: prints where the file is now. 254: not our kind of URL
fetch_url() {
    get_url_handler "$1" > /dev/null || return 254
    [ -z "$2" ] || return 254
    recon_fetch_url "$1"
}
