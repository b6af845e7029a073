#!/bin/sh
# Boots the systemd of this machine, in namespaces of its own, with nothing but the units of a directory: what it writes goes to RAM, and it
# loads no unit of this machine. To be run in a cgroup of its own, with unshare --pid --fork --mount --uts --ipc --cgroup --propagation private.
# Usage: boot-units.sh SPACE NODE    SPACE has files/, which is laid over this machine's root; files/units are the units
set -eu
space=$1
node=$2

mount -t tmpfs -o mode=755 recon-test "$space/ram"
mkdir "$space/ram/upper" "$space/ram/work" "$space/ram/root"
root=$space/ram/root
mount -t overlay -o "lowerdir=/,upperdir=$space/ram/upper,workdir=$space/ram/work" recon-test "$root"
cp -a "$space/files/." "$root/"
touch "$root/usr/lib/recon/node"
mount --bind "$node" "$root/usr/lib/recon/node"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t tmpfs -o mode=755 dev "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
for device in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do mknod -m 666 "$root/dev/${device% *}" c 1 "${device#* }"; done
mknod -m 666 "$root/dev/tty" c 5 0
ln -s pts/ptmx "$root/dev/ptmx"
cp -a "$space/run/." "$root/run/"
mkdir "$root/old-root"
cd "$root"
pivot_root . old-root
umount -l /old-root
# as it is where systemd boots a machine: mounts of one unit are seen by the others
mount --make-rshared /
exec env -i container=recon-test SYSTEMD_UNIT_PATH=/units PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=recon-test.target --log-target=console --show-status=no
