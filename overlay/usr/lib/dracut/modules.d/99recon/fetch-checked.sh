
# --- Recon: a download that resumes, that no trickle holds up, and that never boots when it is not what the master pinned ---

recon_root_folder=/tmp/recon-root
# in this time less than 30 kB: the connection is given up, and the next one goes on from there
recon_stall_seconds=30

# recon_fetch_url URL: prints where the root image is. recon.sha256= and recon.size= come from the machine's boot script.
recon_fetch_url() {
    local url="$1" want_hash want_bytes have_bytes=0 before try=0 wrong=0 base file
    want_hash=$(getarg recon.sha256=)
    want_bytes=$(getarg recon.size=)
    if [ -z "$want_hash" ]; then
        echo "recon: $url is not fetched: the boot script does not say which sha256 it must have (recon.sha256=)" > /dev/kmsg
        return 254
    fi
    base=$(echo "$url" | sed 's,^\(http://[^/]*\)/.*,\1,')
    recon_require_ram "$base"
    recon_fetch_drivers "$url"
    file="$recon_root_folder/${url##*/}"
    mkdir -p "$recon_root_folder"
    while [ "$try" -lt 200 ]; do
        try=$((try + 1))
        before=$have_bytes
        recon_download "$url" "$file" "$want_bytes"
        have_bytes=$(recon_file_bytes "$file")
        if [ "$have_bytes" -gt 0 ] && [ "$have_bytes" -ge "${want_bytes:-0}" ]; then
            if [ "$(sha256sum "$file" | cut -d' ' -f1)" = "$want_hash" ]; then
                echo "$file"
                return 0
            fi
            echo "recon: $url arrived with the wrong sha256 (try $try); starting over" > /dev/kmsg
            wrong=$((wrong + 1))
            recon_tell "$base" "wrong sha256, try $try" ",\"wrongHashes\":$wrong"
            rm -f "$file"
            have_bytes=0
        else
            echo "recon: $url stopped at $have_bytes of $want_bytes bytes (try $try); going on from there" > /dev/kmsg
        fi
        [ "$have_bytes" -gt "$before" ] || sleep 3
    done
    echo "recon: giving up on $url: $have_bytes of $want_bytes bytes after $try tries" > /dev/kmsg
    return 253
}

# recon_download URL FILE [MOST BYTES]: one try, which goes on where FILE ends
recon_download() {
    local fetch watch
    (
        # a server that sends without end must not fill the RAM: past this size the write fails. In blocks of 512 bytes (POSIX)
        [ -z "$3" ] || ulimit -f "$((($3 + 511) / 512))"
        exec busybox wget -q -c -O "$2" "$1"
    ) < /dev/null >&2 &
    fetch=$!
    # whoever waits for the end of our output must not wait for its sleep
    recon_end_when_stalled "$fetch" "$2" < /dev/null > /dev/null 2>&1 &
    watch=$!
    wait "$fetch"
    kill "$watch" 2> /dev/null
}

# recon_end_when_stalled PID FILE: busybox knows no least speed, and some builds of it end with a segmentation fault when -T is given
recon_end_when_stalled() {
    local before now seconds=0
    before=$(recon_file_bytes "$2")
    while sleep 1 && kill -0 "$1"; do
        seconds=$((seconds + 1))
        [ "$seconds" -ge "$recon_stall_seconds" ] || continue
        now=$(recon_file_bytes "$2")
        [ "$((now - before))" -ge 30000 ] || kill "$1"
        before=$now
        seconds=0
    done
}

recon_file_bytes() {
    stat -c %s "$1" 2> /dev/null || echo 0
}
