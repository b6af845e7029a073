#!/bin/sh
# Joins this node to a FreeIPA domain, at each boot anew: nothing of the boot before is left but the keytab in /var/lib/freeipa-host.
set -eu
root=${RECON_ROOT:-}
. "$root/etc/recon/freeipa.conf"
kept=$root/var/lib/freeipa-host/krb5.keytab
password=$root/etc/recon/freeipa-password

join() {
    ipa-client-install --unattended --force-join --no-ntp --mkhomedir --domain "$domain" --server "$server" --realm "$realm" \
        --hostname "$(hostname).$domain" "$@"
}

if [ -s "$kept" ]; then
    join --keytab "$kept"
elif [ -s "$password" ]; then
    join --password "$(cat "$password")"
else
    echo "freeipa-client: neither a keytab of an earlier boot ($kept) nor a password ($password)" >&2
    exit 1
fi
rm -f "$password"
# written beside and renamed: a power cut in between must not cost the only key
(umask 077 && cat "$root/etc/krb5.keytab" > "$kept.new")
sync "$kept.new"
mv "$kept.new" "$kept"
