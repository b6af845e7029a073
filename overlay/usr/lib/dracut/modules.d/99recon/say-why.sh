#!/bin/sh
# emergency hook: words for the person at the console.

command -v getarg > /dev/null || . /lib/dracut-lib.sh

recon_say() {
    echo "recon: $*" > /dev/kmsg
}

case "$(getarg root=)" in
    live:http://*)
        recon_say "this machine could not load the root image from $(getarg pxeaddr=)."
        recon_say "Check the cable and that the master is on, then switch this machine off and on again."
        ;;
    *)
        recon_say "the stick that this machine booted from is not readable as a USB or optical medium any more."
        recon_say "Try another USB port (not a hub), or write the stick again."
        ;;
esac
recon_say "Nothing was written to this machine."
