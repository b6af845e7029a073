#!/bin/sh
# pre-pivot hook: what networkd has heard of switches since the links came up; it forgets it when it ends, and the live system begins to listen anew.

if [ -e /run/systemd/network/20-recon-ports.network ]; then
    mkdir -p /run/recon
    networkctl lldp --json=short > /run/recon/early-neighbours.json 2> /dev/null || rm -f /run/recon/early-neighbours.json
fi
