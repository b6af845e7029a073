/**
 * What of a prepared root nobody uses on a machine that runs the image: it was needed to install, to make the initrd and the ISO, or comes with a
 * package of which something else is used. By paths without a leading slash, and without `usr/`: Leap has real /bin, /sbin and /lib. A folder
 * goes with all in it.
 */
const REMOVED: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  // boot: kernel and boot loaders; what a master serves lies in lib/recon/loaders
  ['boot', /^(boot\/.+|vmlinuz.*|initrd\.img.*)$/],
  ['boot', /^(lib|lib64|share)\/(grub2?|ipxe|shim|syslinux)$|^share\/efi$/],
  ['boot', /^s?bin\/(grub2?-.*|update-grub2?|mkrescue|syslinux.*|extlinux|efibootmgr|mokutil|os-prober)$|^etc\/(grub\.d|default\/grub.*)$/],
  // the maker of the initrd
  ['initrd', /^(lib\/dracut|etc\/dracut\.conf(\.d)?|lib\/kernel|etc\/kernel|etc\/initramfs-tools|share\/initramfs-tools)$/],
  ['initrd', /^s?bin\/(dracut.*|lsinitrd|dhclient.*|cpio|busybox|arping|kiwi.*|installkernel|pzstd|zstd(mt|cat|less|grep)?|unzstd)$/],
  // Perl, but for the library that lldpd needs through net-snmp
  [
    'perl',
    /^bin\/(perl.*|cpan.*|corelist|enc2xs|encguess|h2ph|h2xs|instmodsh|json_pp|libnetcfg|piconv|pl2pm|pod.*|prove|ptar.*|shasum|splain|streamzip|xsubpp|zipdetails)$/,
  ],
  ['perl', /^(share\/perl[0-9]*|lib\/perl[0-9]*|lib\/[^/]+-linux-gnu\/perl(-base|5)?)$|^lib\/[^/]+-linux-gnu\/perl[0-9.]*$/],
  // tools of compilers
  [
    'binutils',
    /^bin\/([a-z0-9_]+-linux-gnu-)?(addr2line|ar|as|c\+\+filt|dwp|elfedit|gold|gp-.*|gprof.*|gprofng.*|ld(\..*)?|nm|objcopy|objdump|ranlib|readelf|size|strings|strip)$/,
  ],
  ['binutils', /^lib\/([^/]+-linux-gnu\/)?(bfd-plugins|gprofng|ldscripts)$|^lib64\/(bfd-plugins|gprofng)$|^share\/gcc$|^etc\/gprofng\.rc$/],
  // packages: what is installed is told in share/recon/packages
  [
    'packager',
    /^(s?bin\/(apt.*|dpkg.*|sqv|debconf.*|update-alternatives|ucf.*|add-shell|zypper|rpm.*|yast.*|gpg.*|gpgv|dselect|select-editor))$/,
  ],
  [
    'packager',
    /^(var\/lib\/(apt|dpkg|ucf|rpm|zypp|pam|systemd\/deb-systemd-.*)|var\/cache\/.+|lib\/(apt|dpkg|sysimage|zypp)|etc\/(apt|dpkg|zypp|kernel|debconf\.conf))$/,
  ],
  ['packager', /^(share\/(debconf|dpkg|keyrings|lintian|bug|doc-base|polkit-1|pkgconfig|adduser|zypper|YaST2)|lib\/pcrlock\.d)$/],
  // texts, and data of other languages and places
  [
    'texts',
    /^share\/(man|info|locale|i18n|bash-completion|zsh|fish|metainfo|common-licenses|licenses|gettext|applications|pixmaps|icons|snmp|awk|base-files)$/,
  ],
  ['texts', /^share\/terminfo$|^lib\/terminfo\/(?!(a|d|l|s|t|v|x)$)[^/]+$/],
  ['texts', /^share\/zoneinfo\/(?!(UTC|Etc)$)[^/]+$/],
  ['texts', /^(lib\/([^/]+-linux-gnu\/)?|lib64\/)gconv\/(?!(gconv-modules(\.d)?|IBM850\.so)$)[^/]+$/],
  ['texts', /^lib\/locale\/(?!C\.utf8$)[^/]+$/],
  ['texts', /^(etc\/ssl\/certs|etc\/ca-certificates.*|share\/(ca-certificates|pki)|var\/lib\/ca-certificates|etc\/ssh\/moduli)$/],
  // programs that nothing here calls; writers of file systems and of controllers among them
  [
    'programs',
    /^s?bin\/(e2fsck|mke2fs|mkfs\.(ext.|cramfs|minix|bfs)|fsck\.(ext.|cramfs|minix)|tune2fs|resize2fs|debugfs|dumpe2fs|e2(image|label|undo|scrub.*|mmpstatus|freefrag)|badblocks|logsave|mklost\+found|filefrag|chattr|lsattr|e4(crypt|defrag))$/,
  ],
  ['programs', /^s?bin\/sg_(?!(inq|luns|logs|modes|readcap|requests|scan|ses|turs|vpd|map)$).*$/],
  [
    'programs',
    /^s?bin\/(scsi_.*|rescan-scsi-bus\.sh|smartd|update-smart-drivedb|ipmievd|nvme-stas|rescan.*|arpd|biosdecode|ownership|vpddecode|zic|readprofile|tipc|genl|vdpa|dcb|nstat|rtacct|rtmon|lnstat|filan|procan|sftp|pcilmr)$/,
  ],
  [
    'programs',
    /^s?bin\/(openssl|c_rehash|curl|gawk.*|localedef|iconv(config)?|gettext(\.sh)?|ngettext|envsubst|zramctl|mkswap|swap(on|off|label)|cfdisk|fdisk|sfdisk|uuidd|fstab-decode)$/,
  ],
  [
    'programs',
    /^bin\/(ssh|slogin|ssh-(add|agent|argv0|copy-id|keyscan)|scp)$|^lib\/(openssh|ssh)\/(ssh-keysign|ssh-pkcs11-helper|ssh-sk-helper|agent-launch)$/,
  ],
  [
    'programs',
    /^s?bin\/(systemd-(analyze|cryptenroll|cryptsetup|creds|dissect|repart|stdio-bridge|vpick|ac-power|mount|confext|sysext|firstboot)|bootctl|portablectl|homectl|userdbctl|kernel-install|localectl|timedatectl|resolvectl|resolvconf)$/,
  ],
  [
    'programs',
    /^lib\/systemd\/systemd-(pcr.*|measure|tpm2-setup|storagetm|growfs|makefs|sysupdate|portabled|homed|nspawn|machined|export|import.*|pull|coredump|bsod|backlight|rfkill|quotacheck|cryptsetup|veritysetup|integritysetup|localed|timedated|pstore|ssh-proxy|xdg-autostart-condition|hibernate-resume|sleep|battery-check|socket-proxyd|initctl)$/,
  ],
  ['programs', /^lib\/udev\/(fido_id|mtd_probe|v4l_id|iocost|dmi_memory_id|ata_id\.x)$/],
  ['programs', /^lib\/[^/]+-linux-gnu\/(gawk|awk|sasl2|krb5\/plugins|engines-3|e2fsprogs|audit)$|^lib64\/(gawk|sasl2|krb5\/plugins)$/],
  // whoever makes users does so in the build; the resolver that config.sh switches off
  [
    'programs',
    /^s?bin\/(add(group|user)|del(group|user)|(user|group)(add|del|mod|mems)|ch(g?passwd|age|fn|sh)|newusers|update-passwd|expiry|gpasswd|newgrp|vi(gr|pw)|(pw|grp)ck|(pw|grp)(un)?conv)$|^lib\/systemd\/systemd-resolved$/,
  ],
  // a module of PAM that needs a data base of Berkeley's, and those that nobody configures
  [
    'programs',
    /^lib\/([^/]+-linux-gnu\/)?security\/pam_(userdb|selinux|sepermit|ftp|mail|xauth|timestamp|tty_audit|debug|stress|rhosts|namespace|listfile|access|group|time)\.so$/,
  ],
  // of what systemd knows of hardware the tables of PCI, USB and keyboards are read
  ['hardware names', /^lib\/udev\/hwdb\.d\/(?!20-(pci-classes|usb-[a-z-]+)\.|60-(keyboard|input-id|evdev)\.)[^/]+$/],
];

/** What kind of dead weight a path is; undefined: it stays. */
export function removalOf(path: string): string | undefined {
  const plain = path.replace(/^usr\//, '');
  return REMOVED.find(([, pattern]) => pattern.test(plain))?.[0];
}
