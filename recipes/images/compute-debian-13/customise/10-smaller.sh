#!/bin/sh
# Runs inside the tree. What is fetched and kept in RAM by every machine, and used by none: take lines out as you like.
set -eu

# the text from which hwdb.bin is made
rm -rf /usr/lib/udev/hwdb.d
# character sets beside those of Unicode and Latin 1
find /usr/lib/*/gconv -name '*.so' ! -name 'UTF-*' ! -name 'UNICODE*' ! -name 'ISO8859-1.so' ! -name 'ISO8859-15.so' -delete
# words for shells that complete commands, for a debugger and another init
rm -rf /usr/share/bash-completion /usr/share/zsh /usr/share/fish /usr/share/gcc /usr/share/gdb /usr/share/runit /usr/share/initramfs-tools
rm -f /var/cache/debconf/*-old /var/lib/dpkg/*-old /usr/bin/pzstd /usr/bin/localedef
