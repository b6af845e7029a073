
# --- Recon: what the master is told from the initrd ---

# came as a file in a second initrd; keep-token.sh takes it along
recon_token_file=/recon-token

recon_token() {
    cat "$recon_token_file" 2> /dev/null || cat /run/recon/token 2> /dev/null
}

# recon_renew_token BASE MAC: the master was switched off and on, or its clock jumped, and it has forgotten our token; our lease is good for a new one
recon_renew_token() {
    local token
    token=$(timeout 20 busybox wget -q -O - --header 'content-type: text/plain' --post-data '' "$1/nodes/$2/token") || return 1
    case "$token" in '' | *[!0-9a-f]*) return 1 ;; esac
    (umask 077 && printf '%s' "$token" > "$recon_token_file.new") && mv "$recon_token_file.new" "$recon_token_file"
}

# recon_post BASE MAC PATH TYPE FILE SECONDS: sends a file with our token, and once more with a new one when the master does not know it.
# Gives 22 when the master does not want it: it will not want it later either.
recon_post() {
    local said result
    said=$(recon_post_once "$@")
    result=$?
    case "$said" in
        *'HTTP/1.'?' 403'*)
            recon_renew_token "$1" "$2" || return $result
            said=$(recon_post_once "$@")
            result=$?
            ;;
    esac
    [ -z "$said" ] || echo "$said" >&2
    case "$said" in *'HTTP/1.'?' 4'*) return 22 ;; esac
    return $result
}

recon_post_once() {
    timeout "$6" busybox wget -q -O /dev/null --header "x-recon-token: $(recon_token)" --header "content-type: $4" \
        --post-file "$5" "$1/nodes/$2/$3" 2>&1
}

# the boot interface's MAC address with hyphens, as in BOOTIF; some loaders leave it empty
recon_boot_mac() {
    getarg BOOTIF= | tr 'A-F:' 'a-f-' | sed -n 's/^\(01-\)\{0,1\}\(\([0-9a-f]\{2\}-\)\{5\}[0-9a-f]\{2\}\)$/\2/p'
}

recon_boot_interface_name() {
    local mac name
    mac=$(recon_boot_mac | tr - :)
    for name in /sys/class/net/*; do
        [ "$(cat "$name/address" 2> /dev/null)" = "$mac" ] && [ -e "$name/device" ] && echo "${name##*/}" && return 0
    done
    return 1
}

recon_meminfo_kib() {
    sed -n "s/^$1: *\([0-9]*\) kB\$/\1/p" /proc/meminfo
}

# seconds from the first carrier of the boot interface to its lease, by the messages of networkd
recon_lease_seconds() {
    local name="$1"
    journalctl --boot --output=short-monotonic --no-pager --unit=systemd-networkd 2> /dev/null \
        | sed -n "s/^\[ *\([0-9]*\)\.[0-9]*\].* $name: \(Gained carrier\|DHCPv4 address\).*/\1 \2/p" \
        | {
            local up="" seconds word
            while read -r seconds word _; do
                case "$word" in
                    Gained) [ -n "$up" ] || up=$seconds ;;
                    DHCPv4) [ -n "$up" ] && echo $((seconds - up)) && return 0 ;;
                esac
            done
        }
}

# recon_facts [MORE, from a comma on [KIB that were available]]: JSON; numbers are digits and names are plain, so that nothing needs quoting
recon_facts() {
    local name driver seconds lease
    name=$(recon_boot_interface_name)
    driver=$(readlink "/sys/class/net/$name/device/driver" 2> /dev/null)
    driver=$(echo "${driver##*/}" | tr -cd 'A-Za-z0-9_.-')
    seconds=$(cut -d. -f1 /proc/uptime)
    lease=$([ -n "$name" ] && recon_lease_seconds "$name")
    printf '{"kernelSeconds":%s,"ramBytes":%s,"availableRamBytes":%s' "${seconds:-0}" \
        "$(($(recon_meminfo_kib MemTotal) * 1024))" "$((${2:-$(recon_meminfo_kib MemAvailable)} * 1024))"
    [ -n "$driver" ] && printf ',"nicDriver":"%s"' "$driver"
    [ -n "$lease" ] && printf ',"leaseSeconds":%s' "$lease"
    printf '%s}' "$1"
}

# recon_tell BASE WORDS [MORE FACTS [KIB that were available]]: where we are. Nothing fails with it.
recon_tell() {
    local mac
    mac=$(recon_boot_mac)
    [ -n "$mac" ] && [ -n "$(recon_token)" ] || return 0
    printf '{"stage":"root-image","detail":"%s","facts":%s}' "$2" "$(recon_facts "$3" "$4")" > /tmp/recon-progress
    recon_post "$1" "$mac" progress application/json /tmp/recon-progress 10 || :
    rm -f /tmp/recon-progress
}

# one line of capture.jsonl for each file that can be read
recon_file_lines() {
    local path content
    for path in "$@"; do
        [ -f "$path" ] || continue
        content=$(base64 -w 0 "$path" 2> /dev/null)
        [ -n "$content" ] && printf '{"path":"fs%s","base64":"%s"}\n' "$path" "$content"
    done
}

# where links lead tells bus and PCI address of a device
recon_links_line() {
    local path separator=""
    {
        printf '{"captureVersion":1,"commands":[],"links":{'
        for path in /sys/class/net/* /sys/block/* /sys/bus/pci/devices/*/driver; do
            [ -L "$path" ] || continue
            printf '%s"%s":"%s"' "$separator" "${path#/}" "$(readlink "$path")"
            separator=,
        done
        printf '}}'
    } | base64 -w 0 | { printf '{"path":"capture.json","base64":"%s"}\n' "$(cat)"; }
}

recon_small_capture() {
    recon_links_line
    recon_file_lines /proc/cpuinfo /proc/meminfo /proc/version /sys/class/dmi/id/* \
        /sys/firmware/dmi/tables/DMI /sys/firmware/dmi/tables/smbios_entry_point /sys/firmware/efi/fw_platform_size /sys/firmware/memmap/0/type
    local device name
    for device in /sys/class/net/*; do
        recon_file_lines "$device/address" "$device/addr_assign_type" "$device/operstate" "$device/speed" "$device/duplex" \
            "$device/mtu" "$device/type" "$device/device/uevent" "$device/device/vendor" "$device/device/device"
    done
    for device in /sys/block/*; do
        name=${device##*/}
        case "$name" in loop* | ram* | zram*) continue ;; esac
        recon_file_lines "$device/size" "$device/ro" "$device/removable" "$device/wwid" "$device/queue/rotational" \
            "$device/queue/logical_block_size" "$device/device/vendor" "$device/device/model" "$device/device/rev" "$device/device/serial" \
            "$device/device/wwid" "$device/device/firmware_rev"
    done
    for device in /sys/bus/pci/devices/*; do
        recon_file_lines "$device/class" "$device/vendor" "$device/device" "$device/subsystem_vendor" "$device/subsystem_device" "$device/revision"
    done
}

# recon_send_capture BASE: the files, as a substitute for a record that this machine cannot make
recon_send_capture() {
    local mac
    mac=$(recon_boot_mac)
    [ -n "$mac" ] && [ -n "$(recon_token)" ] || return 1
    recon_small_capture > /tmp/recon-capture
    # the master takes 1 MiB; a line that is cut would spoil all of it
    if [ "$(stat -c %s /tmp/recon-capture)" -gt 1000000 ]; then
        head -c 1000000 /tmp/recon-capture | sed '$d' > /tmp/recon-capture.cut
        mv /tmp/recon-capture.cut /tmp/recon-capture
    fi
    local try=0 result
    while :; do
        recon_post "$1" "$mac" facts application/octet-stream /tmp/recon-capture 120
        result=$?
        try=$((try + 1))
        [ "$result" != 0 ] && [ "$result" != 22 ] && [ "$try" -lt 5 ] || break
        sleep "$try"
    done
    rm -f /tmp/recon-capture
    return $result
}

# recon_require_ram BASE: goes on when there is enough; otherwise says so and stays
recon_require_ram() {
    local need have total
    need=$(getarg recon.ram=)
    have=$(recon_meminfo_kib MemAvailable)
    total=$(recon_meminfo_kib MemTotal)
    if [ -z "$need" ] || [ -z "$have" ] || [ "$have" -ge "$need" ]; then
        recon_tell "$1" "initrd is up"
        return 0
    fi
    local words="too little RAM: has $((total / 1024)) MiB, needs $(((total - have + need) / 1024)) MiB"
    recon_tell "$1" "$words" ",\"neededRamBytes\":$((need * 1024))" "$have"
    local sent="The master has what little could be read."
    recon_send_capture "$1" || sent="The master could not be given what little could be read."
    while :; do
        {
            echo "recon: $words."
            echo "recon: this machine cannot be inventoried. $sent"
            echo "recon: nothing was written to it. Switch it off by hand."
        } | while read -r line; do echo "$line" > /dev/kmsg; done
        sleep 300
    done
}
