#!/bin/sh
# The live image's two programs, in namespaces of their own: boot-image.sh DIRECTORY NODE DEVICE. The screen is on standard input and output.
set -e
place=$1 node=$2 device=$3

mount -t tmpfs -o mode=755 recon-run /run
mkdir -p /run/recon /run/initramfs/live
mount -t overlay -o "lowerdir=$place/lib:/usr/lib" recon-lib /usr/lib
mount --bind "$node" /usr/lib/recon/node
mount -t tmpfs "$device" /run/initramfs/live
cp -r "$place/live/." /run/initramfs/live
mount --bind "$place/cmdline" /proc/cmdline
mount -t sysfs recon-sys /sys
ip link set lo up

# what runs in the background gets /dev/null as its input, before any "<&0"
exec 3<&0
socat "PTY,link=$place/tty,raw,echo=0" STDIO <&3 &
echo $! > "$place/screen.pid"
while ! [ -e "$place/tty" ]; do sleep 0.1; done
# the warden gives all of these to the master's user: none may be the host's own
mknod "$place/null" c 1 3
screen=$(readlink -f "$place/tty")
for console in /dev/tty1 /dev/ttyS0 /dev/ttyS1; do
    [ -e "$console" ] || continue
    mount --bind "$screen" "$console"
    screen=$place/null
done

PATH=$place/bin:$PATH exec /usr/lib/recon/node /usr/lib/recon/recon.cjs service 2> "$place/warden.log" < /dev/null > /dev/null
