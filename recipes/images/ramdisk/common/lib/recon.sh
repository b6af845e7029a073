# What every ramdisk of the boot pool does first. Read by /init; busybox only.

mount_kernel_views() {
    mkdir -p /proc /sys /dev /run /tmp /var/log
    mount -t proc proc /proc
    mount -t sysfs sysfs /sys
    mount -t devtmpfs devtmpfs /dev
    mount -t tmpfs -o mode=0755 tmpfs /run
    mkdir -p /dev/pts /run/recon
    mount -t devpts devpts /dev/pts
    if [ -f /recon-token ]; then
        (umask 077 && cat /recon-token > /run/recon/token)
        rm -f /recon-token
    fi
}

# arg NAME: the value of a kernel argument, the last of several
arg() {
    tr ' ' '\n' < /proc/cmdline | sed -n "s/^$1=//p" | tail -n 1
}

# on every console, whatever the kernel's own noise is
say() {
    echo "recon: $*" > /dev/kmsg
}

token() {
    cat /run/recon/token 2> /dev/null
}

# plain WORDS: what fits between quotes of JSON
plain() {
    echo "$*" | tr -d '"\\' | tr -c ' -~' ' ' | cut -c 1-300
}

# post PATH TYPE OPTION...: something for the head, by the token of this boot
post() {
    path=$1 type=$2
    shift 2
    [ -n "$head" ] && [ -n "$mac" ] && [ -n "$(token)" ] || return 1
    wget -q -T 5 -O /dev/null --header "x-recon-token: $(token)" --header "content-type: $type" "$@" "$head/nodes/$mac/$path" 2> /dev/null
}

# tell STAGE WORDS: the head shows them. Nothing fails with it
tell() {
    stage=$1
    shift
    post progress application/json --post-data "{\"stage\":\"$stage\",\"detail\":\"$(plain "$*")\",\"facts\":{\"linkSeconds\":${seconds:-0}}}" || :
}

# the kernel's messages, as much as the head keeps
send_dmesg() {
    dmesg | tail -c 60000 > /tmp/dmesg
    post dmesg application/octet-stream --post-file /tmp/dmesg
}

# unpacked, the modules would fill the RAM of a small machine; from here on /lib/modules is all of them. What mounts roots comes along: it is
# found sooner among these three
mount_modules() {
    modprobe -a -q loop squashfs overlay
    mount -t squashfs -o ro,loop /modules.sqfs /lib/modules || say "the modules of this ramdisk cannot be mounted: hardly any driver is there. Build the image again"
}

# drivers of what is plugged in; a bus that one of them drives shows more, until nothing new is there
load_drivers() {
    # a busybox grep takes a list without a line for one that fits everything
    echo none > /run/recon/aliases
    for round in 1 2 3 4 5; do
        find /sys/devices -name modalias -exec cat {} + 2> /dev/null | sort -u | grep -v -x -F -f /run/recon/aliases > /run/recon/aliases.new
        [ -s /run/recon/aliases.new ] || break
        xargs modprobe -a -q -b < /run/recon/aliases.new 2> /dev/null
        cat /run/recon/aliases.new >> /run/recon/aliases
    done
}

# the interface that the firmware booted from, by BOOTIF; with an empty one the first that has a device
boot_interface() {
    for path in /sys/class/net/*; do
        [ -e "$path/device" ] || continue
        [ -z "$mac" ] || [ "$(cat "$path/address")" = "$mac" ] || continue
        echo "${path##*/}"
        return 0
    done
    return 1
}

# every card that no driver wants, for the person at the console
cards_without_driver() {
    for path in /sys/bus/pci/devices/*; do
        case "$(cat "$path/class")" in 0x02*) [ -e "$path/driver" ] || echo "$(cat "$path/vendor"):$(cat "$path/device" | sed s/0x//)" ;; esac
    done
}

# which head, which card; says why there is no network, and gives 1
network() {
    head=$(arg recon.head)
    mac=$(arg BOOTIF | tr 'A-F-' 'a-f:' | sed 's/^01://')
    [ "${#mac}" = 17 ] || mac=$(arg recon.mac | tr 'A-F-' 'a-f:')
    interface=$(boot_interface) || {
        why="no driver here drives the card ${mac:-that it booted from}; cards without a driver: $(cards_without_driver | tr '\n' ' ')"
        return 1
    }
    mac=$(cat "/sys/class/net/$interface/address")
    ip link set lo up
    ip link set "$interface" up
    seconds=0
    while [ "$(cat "/sys/class/net/$interface/carrier" 2> /dev/null)" != 1 ]; do
        [ "$seconds" -lt 60 ] || { why="no link on $interface ($mac) after $seconds s: is the cable in, is the port of the switch on?"; return 1; }
        sleep 1
        seconds=$((seconds + 1))
    done
    [ "$seconds" -lt 20 ] || say "link after $seconds s: spanning tree? Set the port of the switch to portfast, or edge"
    udhcpc -i "$interface" -s /lib/dhcp.sh -V recon -t 8 -T 2 -A 1 -n -q > /run/recon/dhcp.log 2>&1 || {
        why="no DHCP answer on $interface ($mac) after 8 tries: is the head on, and on this network? $(tail -n 1 /run/recon/dhcp.log)"
        return 1
    }
    [ -n "$head" ] || head="http://$(cat /run/recon/server 2> /dev/null)"
    say "$interface has $(cat /run/recon/address)"
}

# overlay files and keys of this machine; a head without any, or without a token, is no failure
fetch_config() {
    [ -n "$(token)" ] || return 0
    tell config "fetching its files"
    try=1
    until wget -q -T 20 -O /run/recon/config.tar --header "x-recon-token: $(token)" "$head/nodes/$mac/config.tar" 2> /run/recon/wget.log; do
        rm -f /run/recon/config.tar
        # what the head refuses it refuses again; one that is being restarted answers soon
        if [ "$try" -ge 20 ] || grep -q 'HTTP/[0-9.]* 4' /run/recon/wget.log; then
            say "the head gave no config.tar: keys and files of this machine are missing"
            tell config "the head gave no config.tar: keys and files of this machine are missing"
            return 0
        fi
        try=$((try + 1))
        sleep 3
    done
    # it brings the key of the signs of life, which takes the place of the token that has been used
    (umask 077 && tar -x -O -f /run/recon/config.tar run/recon/session > /run/recon/session 2> /dev/null)
    [ ! -s /run/recon/session ] || mv /run/recon/session /run/recon/token
}

# ssh by key only, when there is a key
start_ssh() {
    [ -x /usr/sbin/dropbear ] || return 0
    [ ! -f /run/recon/config.tar ] || tar -x -f /run/recon/config.tar -C / root/.ssh etc/recon 2> /dev/null || :
    [ -s /root/.ssh/authorized_keys ] || return 0
    chmod 700 /root /root/.ssh && chmod 600 /root/.ssh/authorized_keys
    mkdir -p /etc/dropbear
    /usr/sbin/dropbear -R -s -j -k 2> /run/recon/dropbear.log
    say "ssh root@$(cat /run/recon/address) works, by key"
}

# a shell on every console that the kernel has; never a reboot
shells() {
    for name in $(sed 's/.*=//; s/,.*//' /sys/class/tty/console/active) ; do
        (while :; do setsid -c sh -l < "/dev/$name" > "/dev/$name" 2>&1; sleep 1; done) &
    done
    while :; do wait || :; sleep 3600; done
}

# fail PROBLEM SENTENCE: on the screen, at the head, which has a hint for each PROBLEM, and a shell
fail() {
    problem=$1
    shift
    say "$*"
    say "Nothing was written to this machine. Here is a shell; switch it off and on to try again."
    post progress application/json --post-data "{\"stage\":\"${stage:-config}\",\"problem\":\"$problem\",\"detail\":\"$(plain "$*")\"}" || :
    send_dmesg || :
    start_ssh
    shells
}
