#!/bin/bash
# What Recon adds to the initrd: the write guard, the stick's identity, the boot interface, and a checked download.

check() {
    return 255
}

depends() {
    # the recipe of Leap omits networkd, by which the dracut there fetches nothing
    case " ${omit_dracutmodules:-} " in
        *" systemd-networkd "*) echo livenet dmsquash-live url-lib network-legacy ;;
        *) echo livenet dmsquash-live url-lib systemd-networkd ;;
    esac
}

install() {
    inst_multiple blockdev sha256sum stat cat cut tr rm mv mkdir chmod sleep sed head base64 readlink grep timeout journalctl networkctl mount losetup
    inst_hook cmdline 95 "$moddir/parse-recon.sh"
    inst_hook emergency 10 "$moddir/say-why.sh"
    inst_hook initqueue/online 10 "$moddir/note-ports.sh"
    inst_hook pre-pivot 10 "$moddir/keep-token.sh"
    inst_hook pre-pivot 11 "$moddir/keep-neighbours.sh"
    inst_hook pre-pivot 10 "$moddir/allow-disks.sh"
    inst_hook pre-pivot 10 "$moddir/add-drivers.sh"
    inst_hook pre-pivot 12 "$moddir/add-program.sh"
    inst_simple /usr/lib/recon/guard-disk
    inst_simple /etc/modprobe.d/recon.conf
    inst_simple /usr/lib/recon/no-disk-drivers.conf
    inst_simple /usr/lib/recon/no-controllers.conf
    inst_rules 10-recon-read-only.rules
    # net-lib takes the distribution's awk, which may be gawk with GMP and MPFR
    # shellcheck disable=SC2154
    rm -f "$initdir"/usr/bin/{awk,gawk,mawk}
    ln -s busybox "$initdir/usr/bin/awk"
    cat "$moddir/tell-master.sh" "$moddir/fetch-checked.sh" "$moddir/rare-drivers.sh" >> "$initdir/lib/url-lib.sh"
    printf 'hosts: files dns\n' > "$initdir/etc/nsswitch.conf"
    # dracut's default asks for a lease on every interface, also on a master that must stay silent
    # shellcheck disable=SC2154
    rm -f "$initdir$systemdnetworkconfdir/zzzz-dracut-default.network"
}
