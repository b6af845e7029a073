#!/bin/bash
# In the place of dracut's own img-lib, which brings cpio, tar, xz, bzip2, zstd and gzip for images that are packed twice; ours never are.

check() {
    require_binaries dd echo tr || return 1
    return 255
}

install() {
    inst_multiple dd echo tr
    # shellcheck disable=SC2154
    inst_simple "$moddir/img-lib.sh" /lib/img-lib.sh
}
