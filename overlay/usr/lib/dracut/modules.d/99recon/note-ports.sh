#!/bin/sh
# initqueue/online hook: which ports were switched on by now, and when that was, in seconds since the kernel's start. From then on their links settle.

if [ -e /run/systemd/network/20-recon-ports.network ]; then
    mkdir -p /run/recon
    {
        cut -d' ' -f1 /proc/uptime
        for port in /sys/class/net/*; do
            [ -e "$port/device" ] && [ "$(($(cat "$port/flags" 2> /dev/null || echo 0) & 1))" = 1 ] && echo "${port##*/}"
        done
    } > /run/recon/early-ports
fi
