
# --- Recon: a download that resumes, and that never boots when it is not what the master pinned ---
# recon.sha256= and recon.size= come from the machine's boot script.
recon_fetch_url() {
    local url="$1" outloc="$2" want_hash want_bytes have_bytes=0 before try=0 wrong=0 base
    want_hash=$(getarg recon.sha256=)
    want_bytes=$(getarg recon.size=)
    if [ -z "$want_hash" ] || [ -n "$outloc" ]; then
        curl_fetch_url "$url" "$outloc"
        return $?
    fi
    base=$(echo "$url" | sed 's,^\(http://[^/]*\)/.*,\1,')
    recon_require_ram "$base"
    outloc="/tmp/recon-root/${url##*/}"
    mkdir -p /tmp/recon-root
    while [ "$try" -lt 200 ]; do
        try=$((try + 1))
        before=$have_bytes
        curl --globoff --location --fail --silent --show-error --continue-at - \
            --connect-timeout 15 --speed-limit 1000 --speed-time 30 ${want_bytes:+--max-filesize "$want_bytes"} --output "$outloc" -- "$url" >&2
        have_bytes=$(stat -c %s "$outloc" 2> /dev/null || echo 0)
        if [ -z "$want_bytes" ] || [ "$have_bytes" -ge "$want_bytes" ]; then
            if [ "$(sha256sum "$outloc" | cut -d' ' -f1)" = "$want_hash" ]; then
                echo "$outloc"
                return 0
            fi
            echo "recon: $url arrived with the wrong sha256 (try $try); starting over" > /dev/kmsg
            wrong=$((wrong + 1))
            recon_tell "$base" "wrong sha256, try $try" ",\"wrongHashes\":$wrong"
            rm -f "$outloc"
            have_bytes=0
        else
            echo "recon: $url stopped at $have_bytes of $want_bytes bytes (try $try); going on from there" > /dev/kmsg
        fi
        [ "$have_bytes" -gt "$before" ] || sleep 3
    done
    echo "recon: giving up on $url: $have_bytes of $want_bytes bytes after $try tries" > /dev/kmsg
    return 253
}
add_url_handler recon_fetch_url http
