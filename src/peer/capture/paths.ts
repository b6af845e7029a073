import { EARLY_NEIGHBOURS } from '../../domain/capture.ts';
import { LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import { DEVICE_LINKS, NETWORK_PATHS, STORAGE_PATHS } from './paths-devices.ts';

const below = (directory: string, names: readonly string[]): string[] => names.map((name) => `${directory}/${name}`);

/**
 * The files that a capture copies, `*` for any name in a directory. It is a list of what is taken: nothing else is read, and no
 * entry may name files of users, keys, variables of the firmware (capture-efi.ts takes the few that are inventory) or ACPI tables.
 */
export const CAPTURE_PATHS: readonly string[] = [
  EARLY_NEIGHBOURS,
  ...below('proc', ['cpuinfo', 'meminfo', 'cmdline', 'version', 'mdstat', 'swaps', 'partitions', 'sysinfo']),
  // what stands in place of SMBIOS where there is none
  ...below('proc/device-tree', ['model', 'vendor', 'serial-number', 'system-id']),
  'sys/class/dmi/id/*',
  // the table that dmidecode prints, for machines where it cannot
  ...below('sys/firmware/dmi/tables', ['DMI', 'smbios_entry_point']),
  ...below('sys/class/net/*', [
    'address',
    'addr_assign_type',
    'operstate',
    'carrier',
    'speed',
    'duplex',
    'mtu',
    'type',
    'phys_port_id',
    'phys_port_name',
    'device/uevent',
    'device/vendor',
    'device/device',
    'device/subsystem_vendor',
    'device/subsystem_device',
    'device/sriov_totalvfs',
    'device/sriov_numvfs',
  ]),
  ...below('sys/block/*', [
    'size',
    'ro',
    'removable',
    'serial',
    'wwid',
    'queue/rotational',
    'queue/logical_block_size',
    'queue/physical_block_size',
    'device/vendor',
    'device/model',
    'device/rev',
    'device/wwid',
    'device/serial',
    'device/firmware_rev',
  ]),
  'sys/firmware/efi/fw_platform_size',
  // Secure Boot, where the variables cannot be read
  'sys/kernel/boot_params/data',
  // what the kernel keeps from root there
  'sys/kernel/security/lockdown',
  // there on every PC: that the line above is missing then means BIOS
  'sys/firmware/memmap/0/type',
  'sys/class/tpm/*/tpm_version_major',
  // the device /dev/watchdog is another thing: opening it starts the clock
  ...below('sys/class/watchdog/*', ['identity', 'state']),
  'sys/devices/system/cpu/vulnerabilities/*',
  ...below('sys/devices/system/cpu/cpu0/cpufreq', ['cpuinfo_min_freq', 'cpuinfo_max_freq', 'base_frequency']),
  ...below('sys/devices/system/cpu/cpu0/cache/*', ['level', 'type', 'size']),
  'sys/kernel/iommu_groups/*/type',
  ...below('sys/bus/pci/devices/*', [
    'modalias',
    'class',
    'vendor',
    'device',
    'subsystem_vendor',
    'subsystem_device',
    'revision',
    'numa_node',
    'current_link_speed',
    'current_link_width',
    'max_link_speed',
    'max_link_width',
  ]),
  // of the table the lines that fit this machine
  LEFT_OUT_DRIVER_LIST,
  ...below('sys/bus/usb/devices/*', ['busnum', 'devnum', 'idVendor', 'idProduct', 'manufacturer', 'product', 'serial']),
  ...below('sys/devices/system/edac/mc/*', ['mc_name', 'size_mb', 'ce_count', 'ue_count']),
  ...below('sys/devices/system/edac/mc/*/*', ['dimm_label', 'dimm_location', 'dimm_mem_type', 'dimm_edac_mode', 'size']),
  ...below('sys/devices/system/node', ['online', 'has_memory']),
  ...below('sys/devices/system/node/*', ['cpulist', 'distance', 'meminfo']),
  ...STORAGE_PATHS,
  ...NETWORK_PATHS,
];

/** Links whose target is written down: the device path tells bus, PCI address and whether the device is virtual. */
export const CAPTURE_LINKS: readonly string[] = [
  'sys/class/net/*',
  'sys/block/*',
  'sys/bus/pci/devices/*/driver',
  'sys/bus/pci/devices/*/iommu_group',
  ...DEVICE_LINKS,
];
