#!/bin/sh
# Runs inside the tree, for every recipe, before its own scripts: what a machine without a disk needs from its system.
set -eu

enable() { for unit in "$@"; do [ ! -e "/usr/lib/systemd/system/$unit" ] || systemctl enable --quiet "$unit"; done; }
disable() { for unit in "$@"; do systemctl disable --quiet "$unit" 2> /dev/null || true; done; }

systemctl set-default --quiet multi-user.target
enable recon-alive.service recon-first-boot.service recon-ssh-keys.service systemd-networkd.service systemd-resolved.service ssh.service sshd.service
# a machine may have ten network cards and one cable
disable systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer
# what an update of the system on a disk needs once: here it would be done at each boot anew, and takes seconds of a slow machine
for unit in ldconfig systemd-update-done systemd-journal-catalog-update systemd-hwdb-update systemd-pstore e2scrub_reap nfs-blkmap; do
    ln -sf /dev/null "/etc/systemd/system/$unit.service"
done
[ ! -e /usr/lib/systemd/systemd-resolved ] || ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
# logs are RAM here
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=16M\n' > /etc/systemd/journald.conf.d/recon.conf
usermod --lock root 2> /dev/null || true
