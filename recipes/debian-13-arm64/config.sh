#!/bin/bash
# KIWI runs this in the new root after packages and overlay. It may run twice on one root.
set -euo pipefail

systemctl enable recon.service systemd-networkd.service getty@tty2.service lldpd.service
systemctl disable systemd-networkd-wait-online.service systemd-resolved.service 2> /dev/null || true
# the users of /usr/lib/sysusers.d, ours among them: at boot nobody makes them
systemd-sysusers
systemctl set-default multi-user.target
echo recon > /etc/hostname
ln -sf /proc/self/mounts /etc/mtab
: > /etc/machine-id

# package lists and boot loaders that nobody uses here
rm -rf /usr/share/lintian /usr/share/perl/*/unicore /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf/*-old
find /usr/lib/ipxe -type f ! -name ipxe-arm64.efi -delete
rm -rf /boot/*.efi /boot/ipxe*
# of the signed loaders what the recipe names; nothing here writes the firmware's variables or enrols keys
find /usr/lib/shim -type f ! -name shimaa64.efi.signed ! -name mmaa64.efi.signed -delete
find /usr/lib/grub/arm64-efi-signed -type f ! -name gcdaa64.efi.signed ! -name grubnetaa64.efi.signed -delete
rm -f /usr/bin/mokutil /usr/sbin/update-secureboot-policy

/usr/lib/recon/trim-image
