import { moduleClosure } from '../drivers/module-closure.ts';
import { isRareDriver } from '../drivers/rare-drivers.ts';

/**
 * Cards' drivers that the initrd has (udev loads them there, on a stick as well, before the root is there), and which therefore need not be in the
 * root as well.
 */
const NETWORK_CARDS =
  /^kernel\/drivers\/net\/(ethernet|mdio|phy|hyperv|vmxnet3|pcs|fjes|dsa)\/|^kernel\/drivers\/net\/(virtio_net|net_failover|xen-netfront|mii|mdio|sungem_phy)\./;

/** Folders and modules of the kernel that a machine under inventory, or a master, may need after its root is there. What they depend on comes with them. */
const WANTED: readonly RegExp[] = [
  // disks and controllers; not what serves disks to others, nor network storage that is software alone
  /^kernel\/drivers\/(ata|cdrom|message\/fusion|ufs)\/(?!mptlan|mptctl)/,
  /^kernel\/drivers\/block\/(loop|virtio_blk|xen-blkfront|mtip32xx\/)/,
  /^kernel\/drivers\/nvme\/host\/nvme(-core)?\./,
  /^kernel\/drivers\/pci\/controller\//,
  /^kernel\/drivers\/scsi\/(?!pcmcia\/|fcoe\/|scsi_debug|iscsi_tcp|qla2xxx\/tcm_)/,
  /^kernel\/drivers\/(nvdimm|acpi\/nfit)\//,
  /^kernel\/drivers\/mmc\/(core\/mmc_block|host\/sdhci-(pci|acpi))\./,
  // USB: sticks, keyboards, and the network of BMCs
  /^kernel\/drivers\/usb\/(host|storage)\/(?!sl811_cs)/,
  /^kernel\/drivers\/usb\/class\/cdc-acm\./,
  /^kernel\/drivers\/net\/usb\/(cdc_ether|cdc_ncm|cdc_subset|rndis_host|usbnet|r8152|r8153_ecm|asix|ax88179_178a|smsc95xx|lan78xx|aqc111)\./,
  /^kernel\/drivers\/hid\/(hid|hid-generic|hid-hyperv|hid-apple|hid-logitech-dj|hid-cherry|hid-lenovo|usbhid\/usbhid)\./,
  /^kernel\/drivers\/input\/(evdev|serio\/hyperv-keyboard)\./,
  // what is read of the machine: BMC, memory errors, sensors of the firmware, the watchdog's state, InfiniBand
  /^kernel\/drivers\/char\/(ipmi|tpm|hw_random)\//,
  /^kernel\/drivers\/(edac|dca|hv|virtio|xen\/xen-evtchn)[/.]/,
  /^kernel\/drivers\/acpi\/(acpi_ipmi|button)\./,
  /^kernel\/drivers\/hwmon\/(coretemp|k10temp|jc42|spd5118|drivetemp|acpi_power_meter)\./,
  /^kernel\/drivers\/i2c\/(i2c-dev|i2c-smbus|busses\/i2c-(i801|piix4|ismt|isch|scmi|designware-(core|platform)|thunderx|xgene-slimpro))\./,
  /^kernel\/drivers\/watchdog\/(iTCO_wdt|sp5100_tco|hpwdt|i6300esb|wdat_wdt)\./,
  /^kernel\/drivers\/misc\/(enclosure|hpilo|eeprom\/(at24|ee1004))\./,
  /^kernel\/drivers\/firmware\/(edd|qemu_fw_cfg|dmi-sysfs|iscsi_ibft)\./,
  /^kernel\/drivers\/dma\/ioat\//,
  /^kernel\/arch\/x86\/kernel\/(msr|cpuid)\./,
  /^kernel\/drivers\/infiniband\/(core|hw|ulp\/ipoib)\//,
  // file systems of the stick and of the image; variables of the firmware are read
  /^kernel\/fs\/(squashfs|overlayfs|isofs|fat|efivarfs|autofs|configfs)\//,
  /^kernel\/fs\/nls\/nls_(cp437|cp850|ascii|iso8859-1|utf8)\./,
  // the networks of a master: VLANs, the fences before DHCP, IPv6
  /^kernel\/net\/(8021q|packet|ipv6\/ipv6)[/.]/,
  /^kernel\/net\/sched\/(cls_bpf|act_bpf|sch_ingress|act_gact|cls_u32|cls_matchall|sch_fq|sch_fq_codel)\./,
  /^kernel\/net\/netfilter\/(nf_tables|nft_ct|nft_hash|nft_limit|nft_log|nft_reject|nft_reject_inet|nfnetlink)\./,
  // checksums that are asked for by name
  /^kernel\/(arch\/(x86|arm64)\/)?crypto\/(crc32c?|crct10dif|crc-t10dif|crc64)[-_.a-z0-9]*\./,
  /^kernel\/lib\/(libcrc32c|crc[0-9a-z-]*)\./,
];

export interface ChosenModules {
  /** of the root */
  kept: string[];
  /** of the initrd or the archive of rare drivers: they drive cards all the same, and lists of what has a driver must name them */
  elsewhere: string[];
}

/** Which modules the root keeps, by the text of modules.dep. Pure; paths below the folder of the release, sorted. */
export function chooseModules(modulesDep: string): ChosenModules {
  const isCard = (path: string): boolean => NETWORK_CARDS.test(path);
  // InfiniBand sits on a card that is there already; a controller of disks may be the first that needs its card's driver
  const upon = (path: string): boolean => path.startsWith('kernel/drivers/infiniband/');
  const isWanted = (path: string): boolean => WANTED.some((pattern) => pattern.test(path)) && !isRareDriver(path);
  const kept = new Set([
    ...moduleClosure(modulesDep, (path) => isWanted(path) && !upon(path)),
    ...moduleClosure(modulesDep, (path) => isWanted(path) && upon(path)).filter((path) => !isCard(path)),
  ]);
  const others = moduleClosure(modulesDep, (path) => isCard(path) || isRareDriver(path));
  return { kept: [...kept].sort(), elsewhere: others.filter((path) => !kept.has(path)) };
}
