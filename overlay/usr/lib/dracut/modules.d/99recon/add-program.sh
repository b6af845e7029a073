#!/bin/sh
# pre-pivot hook: our program is a squashfs of its own, which came behind this initrd; the live system finds it mounted.

recon_layer=${recon_layer:-/usr/lib/recon/program.squashfs}
recon_kept=${recon_kept:-/run/recon/program.squashfs}

if [ -f "$recon_layer" ]; then
    mkdir -p "${recon_kept%/*}"
    # what is in the initrd goes when the root is changed, /run stays
    mv "$recon_layer" "$recon_kept"
fi
if ! mount -t squashfs -o ro,loop,nodev,nosuid "$recon_kept" "$NEWROOT/usr/lib/recon/program"; then
    echo "recon: the program that belongs behind the initrd is not there, or damaged: write the stick anew, or look at what is served" > "${recon_words:-/dev/kmsg}"
    die "recon: no program"
fi
