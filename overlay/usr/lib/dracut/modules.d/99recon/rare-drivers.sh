
# --- Recon: the archive of rare drivers, for a machine with a device that needs it ---

# `pattern module` of each driver that root and initrd have not, and the archive has
recon_rare_drivers=/usr/lib/recon/rare-drivers
# what of the archive is here: the boot loader put it behind this initrd
recon_drivers_here=/usr/lib/recon/drivers-here
recon_pci_devices=/sys/bus/pci/devices
recon_drivers=/run/recon/drivers

# recon_fetch_drivers URL of the root image: the archive beside it, when a device here needs it; add-drivers.sh puts it into the live system. Nothing fails with it.
recon_fetch_drivers() {
    local words name hash most try=0
    words=$(getarg recon.drivers=)
    [ -n "$words" ] && [ ! -e "$recon_drivers_here" ] && recon_has_rare_device || return 0
    name=${words%%,*}
    most=${words##*,}
    hash=${words#*,}
    hash=${hash%,*}
    mkdir -p "${recon_drivers%/*}"
    while [ "$try" -lt 5 ]; do
        try=$((try + 1))
        recon_download "${1%/*}/$name" "$recon_drivers" "$most"
        [ "$(sha256sum "$recon_drivers" 2> /dev/null | cut -d' ' -f1)" = "$hash" ] && return 0
        [ "$(recon_file_bytes "$recon_drivers")" -lt "$most" ] || rm -f "$recon_drivers"
        sleep "$try"
    done
    rm -f "$recon_drivers"
    echo "recon: $name did not arrive: some devices of this machine stay without a driver" > /dev/kmsg
}

# recon_has_rare_device: whether a PCI device here is one of the archive, with or without its driver: an interface may ask for firmware when it is opened
recon_has_rare_device() {
    local device alias pattern
    for device in "$recon_pci_devices"/*; do
        alias=$(cat "$device/modalias" 2> /dev/null)
        # the maker first: pci:v00001077
        grep -q "^${alias%%d*}d" "$recon_rare_drivers" 2> /dev/null || continue
        while read -r pattern _; do
            # shellcheck disable=SC2254
            case "$alias" in
                $pattern) return 0 ;;
            esac
        done < "$recon_rare_drivers"
    done
    return 1
}

# recon_add_drivers ROOT: the archive over the live system, from the file that was fetched or from this initrd. What the root has it keeps.
recon_add_drivers() {
    if [ -e "$recon_drivers_here" ]; then
        recon_has_rare_device || return 0
        busybox cpio -o -H newc < "$recon_drivers_here" 2> /dev/null | (cd "$1" && busybox cpio -i -d 2> /dev/null)
    elif [ -f "$recon_drivers" ]; then
        busybox unxz -c < "$recon_drivers" | (cd "$1" && busybox cpio -i -d 2> /dev/null)
        rm -f "$recon_drivers"
    else
        return 0
    fi
    if [ -e "$1/usr/lib/recon/drivers-here" ]; then
        echo "recon: drivers for a rare device of this machine are added to the live system" > /dev/kmsg
    else
        echo "recon: the archive of drivers cannot be unpacked: some devices of this machine stay without a driver" > /dev/kmsg
    fi
}
