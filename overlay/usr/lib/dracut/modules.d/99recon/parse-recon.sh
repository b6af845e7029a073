#!/bin/sh
# cmdline hook: which interface to use, who the master is, and which stick is ours.

command -v getarg > /dev/null || . /lib/dracut-lib.sh

recon_boot_interface() {
    # BOOTIF is the hardware type and the MAC address; some loaders leave the MAC empty
    local mac
    mac=$(getarg BOOTIF= | tr 'A-F-' 'a-f:')
    mac=${mac#01:}
    mkdir -p /run/systemd/network
    {
        echo "[Match]"
        case "$mac" in
            ??:??:??:??:??:??) echo "MACAddress=$mac" ;;
            *) echo "Type=ether" ;;
        esac
        echo "[Link]"
        echo "RequiredForOnline=yes"
        echo "[Network]"
        echo "DHCP=ipv4"
        echo "LinkLocalAddressing=no"
        echo "IPv6AcceptRA=no"
        echo "KeepConfiguration=dynamic"
        echo "[DHCPv4]"
        # the master answers network-boot clients only; this is how it knows its own
        echo "VendorClassIdentifier=recon"
        echo "SendHostname=no"
        echo "UseHostname=no"
        echo "UseNTP=no"
        echo "SendRelease=no"
    } > /run/systemd/network/10-recon-boot.network
}

# The other ports come up now, so that links are settled and switches heard while the image is fetched. Without an address, and silent: no IPv6 either.
# networkd listens for LLDP by itself, on the boot interface too; keep-neighbours.sh takes along what it hears.
recon_other_ports() {
    {
        echo "[Match]"
        echo "Type=ether"
        echo "Kind=!*"
        echo "[Link]"
        echo "RequiredForOnline=no"
        echo "[Network]"
        echo "DHCP=no"
        echo "LinkLocalAddressing=no"
        echo "IPv6AcceptRA=no"
        echo "LLDP=yes"
        echo "EmitLLDP=no"
    } > /run/systemd/network/20-recon-ports.network
}

# recon_deny_drivers FILE: udev loads none of them until allow-disks.sh
recon_deny_drivers() {
    mkdir -p /run/modprobe.d
    cp "/usr/lib/recon/$1" /run/modprobe.d/recon-no-disk-drivers.conf
}

recon_stick_rule() {
    # udev's serial numbers and labels can be cloned onto an internal disk; a stick is also on USB, or optical
    mkdir -p /run/udev/rules.d
    {
        echo "SUBSYSTEM!=\"block\", GOTO=\"recon_end\""
        echo "ENV{ID_FS_UUID}!=\"$1\", GOTO=\"recon_end\""
        echo "ENV{ID_CDROM}==\"1\", SYMLINK+=\"recon/stick\""
        echo "ENV{ID_BUS}==\"usb\", ENV{DEVTYPE}==\"partition\", SYMLINK+=\"recon/stick\""
        [ "$(getarg recon.medium=)" = disk ] && echo "ENV{DEVTYPE}==\"partition\", SYMLINK+=\"recon/stick\""
        echo "LABEL=\"recon_end\""
    } > /run/udev/rules.d/91-recon-stick.rules
}

recon_master=$(getarg pxeaddr=)
[ -n "$recon_master" ] && echo "$recon_master bang" >> /etc/hosts

case "$(getarg root=)" in
    live:http://*)
        recon_boot_interface
        recon_other_ports
        # its root comes over the network: no disk of this machine is driven before the live system, where the write guard is complete
        recon_deny_drivers no-disk-drivers.conf
        ;;
    # a stick or a CD is behind no controller; an installed copy may be
    *) [ "$(getarg recon.medium=)" = disk ] || recon_deny_drivers no-controllers.conf ;;
esac

recon_stick=$(getarg recon.stick=)
[ -n "$recon_stick" ] && recon_stick_rule "$recon_stick"

mkdir -p /run/recon
chmod 0755 /run/recon
return 0
