#!/bin/busybox sh
# Called by udhcpc with what a DHCP server said.
[ -n "$1" ] || exit 1
case "$1" in
    deconfig) ip addr flush dev "$interface" ;;
    bound | renew)
        ip addr replace "$ip/${mask:-24}" dev "$interface"
        for gateway in $router; do ip route replace default via "$gateway" dev "$interface"; break; done
        : > /etc/resolv.conf
        [ -z "$domain" ] || echo "search $domain" >> /etc/resolv.conf
        for server in $dns; do echo "nameserver $server" >> /etc/resolv.conf; done
        echo "$ip" > /run/recon/address
        echo "${serverid:-$siaddr}" > /run/recon/server
        ;;
    nak) echo "the server refused: $message" ;;
esac
