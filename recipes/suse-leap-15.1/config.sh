#!/bin/bash
# KIWI runs this in the new root after packages and overlay. It may run twice on one root.
# without -u: KIWI's helpers read variables that may not be set
set -eo pipefail

# shellcheck disable=SC1091
. /.kconfig
# shellcheck disable=SC1091
. /.profile

suseSetupProduct
systemctl enable recon.service systemd-networkd.service getty@tty2.service lldpd.service
systemctl disable systemd-networkd-wait-online.service systemd-resolved.service wicked.service 2> /dev/null || true
# the users of /usr/lib/sysusers.d, ours among them: at boot nobody makes them
systemd-sysusers
systemctl set-default multi-user.target
echo recon > /etc/hostname
ln -sf /proc/self/mounts /etc/mtab
: > /etc/machine-id

# Leap's dracut is 055: with systemd-networkd or wicked nothing starts the fetch of the root image, with network-legacy it does
dracut_modules=/usr/lib/dracut/modules.d
cat > /etc/dracut.conf.d/20-recon-leap.conf << 'END'
add_dracutmodules="${add_dracutmodules//systemd-networkd/network-legacy}"
omit_dracutmodules="${omit_dracutmodules//network-legacy/systemd-networkd network-wicked}"
END
# the master answers network-boot clients only; this is how it knows its own
dhclient=$dracut_modules/35network-legacy/dhclient.conf
grep -q '"recon"' "$dhclient" || echo 'send vendor-class-identifier "recon";' >> "$dhclient"

# package lists and boot loaders that nobody uses here
rm -rf /var/cache/zypp /usr/share/{packages,help}
find /usr/share/ipxe -type f ! -name undionly.kpxe ! -name snp-x86_64.efi -delete

/usr/lib/recon/trim-image
