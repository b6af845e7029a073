#!/bin/sh
# emergency hook: words for the person at the console.

command -v getarg > /dev/null || . /lib/dracut-lib.sh

recon_say() {
    echo "recon: $*" > "${recon_words:-/dev/kmsg}"
}

# recon_usb_disks: what udev knows of each disk and partition on USB, a line each: name in the kernel, file system, label
recon_usb_disks() {
    local data line bus name type label
    for data in "${recon_udev:-/run/udev/data}"/b*; do
        [ -f "$data" ] || continue
        bus="" name="" type="-" label="-"
        while read -r line; do
            case "$line" in
                E:ID_BUS=*) bus=${line#*=} ;;
                E:ID_FS_TYPE=*) type=${line#*=} ;;
                E:ID_FS_LABEL=*) label=${line#*=} ;;
            esac
        done < "$data"
        name=$(readlink "${recon_sys:-/sys}/dev/block/${data##*/b}")
        [ "$bus" = usb ] && echo "${name##*/} $type $label"
    done
}

# recon_stick_trouble: what can be said of the stick by what is plugged in
recon_stick_trouble() {
    local name type label
    recon_usb_disks | while read -r name type label; do
        case "$type $label" in
            # the volume id of the ISO, which such programs take for the label
            "vfat RECON" | "exfat RECON" | "ntfs RECON")
                echo "files"
                return 0
                ;;
        esac
        if [ "$(cat "${recon_sys:-/sys}/class/block/$name/queue/logical_block_size" 2> /dev/null)" = 4096 ]; then
            echo "blocks"
            return 0
        fi
    done
}

case "$(getarg root=)" in
    live:http://*)
        recon_say "this machine could not load the root image from $(getarg pxeaddr=)."
        recon_say "Check the cable and that the master is on, then switch this machine off and on again."
        ;;
    *)
        case "$(recon_stick_trouble)" in
            files*)
                recon_say "the files of the image were copied onto this stick, and not the image itself."
                recon_say "Write it again byte for byte: in Rufus answer \"DD image mode\", or take balenaEtcher, Win32DiskImager or dd."
                ;;
            blocks*)
                recon_say "this stick has blocks of 4096 bytes, and the image is made for blocks of 512 bytes, which nearly all sticks have."
                recon_say "Take another stick."
                ;;
            *)
                recon_say "the stick that this machine booted from is not readable as a USB or optical medium any more."
                recon_say "Try another USB port (not a hub), or write the stick again."
                ;;
        esac
        ;;
esac
recon_say "Nothing was written to this machine."
