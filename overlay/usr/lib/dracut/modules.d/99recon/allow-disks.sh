#!/bin/sh
# pre-pivot hook: the live system drives the machine's disks again; see parse-recon.sh.

rm -f /run/modprobe.d/recon-no-disk-drivers.conf
