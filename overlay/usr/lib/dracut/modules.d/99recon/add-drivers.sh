#!/bin/sh
# pre-pivot hook: drivers that a device of this machine needs and the root image has not; its lists of modules name them already.

command -v recon_add_drivers > /dev/null || . /lib/url-lib.sh
(cd / && recon_add_drivers "$NEWROOT")
