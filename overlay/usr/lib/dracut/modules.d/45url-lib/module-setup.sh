#!/bin/bash
# In the place of dracut's own url-lib: its curl brings OpenSSL, GnuTLS, Kerberos and LDAP, 7 MB that each peer would fetch.

check() {
    require_binaries busybox || return 1
    return 255
}

depends() {
    echo network
}

install() {
    inst_multiple busybox
    # shellcheck disable=SC2154
    inst_simple "$moddir/url-lib.sh" /lib/url-lib.sh
}
