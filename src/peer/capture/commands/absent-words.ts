import type { AbsentWords } from './plan.ts';

/** `ethtool -m`. What a driver answers for an empty cage differs: i40e EINVAL, mlx5 and ice EIO, others ENODEV. */
export const NO_MODULE: AbsentWords = [
  [/operation not supported|operation not permitted|unknown error 524/i, 'the port takes no module, or its driver cannot read one'],
  [/invalid argument|input\/output error|no such device|remote i\/o error/i, 'no module answers in the port'],
];

/** `ethtool --show-priv-flags`. */
export const NO_PRIVATE_FLAGS: AbsentWords = [[/no private flags defined|operation not supported/i, 'the driver has no private flags']];

/** `ipmitool lan print`, `lan6 print` of a channel: vendors number them as they like, and not all BMCs know IPv6. */
export const NO_LAN_CHANNEL: AbsentWords = [
  [/not a LAN channel|invalid channel/i, 'the BMC has no such LAN channel'],
  [/Get Channel Info command failed/i, 'the BMC has no such LAN channel'],
  [/parameter not supported|IPv6.*not supported|not support.*IPv6|Failed to get IPv6/i, 'the BMC does not know IPv6'],
  [/No LAN channel found/i, 'the BMC has no LAN channel'],
];

/** `dmidecode` on a machine whose firmware has no tables. */
export const NO_SMBIOS: AbsentWords = [[/No SMBIOS nor DMI entry point found/i, 'the firmware has no SMBIOS tables']];

/** `smartctl` of a disk that is none: a RAID volume, or a USB bridge that hides it. */
export const NO_SMART: AbsentWords = [
  [
    /-d (sat\+)?(megaraid|cciss|areca|3ware|aacraid|hpt)\b|\bDELL or MegaRaid controller\b/i,
    'a volume of a RAID controller: its drives are asked one by one',
  ],
  [/unknown USB bridge|unsupported USB bridge/i, 'smartctl does not know this USB bridge'],
];

/** Vendors' tools on a machine without what they are for. */
export const NO_CONTROLLER: AbsentWords = [
  [
    /no controllers? (was |were )?(found|detected)|controller \d+ not found|no supported .*controllers?/i,
    'no controller that the tool knows',
  ],
  [/no VDs? ha(ve|s) been configured/i, 'no RAID volume'],
  [/no (physical )?drives? (was |were )?found|no (PD|drive)s? (found|available|exist)|drive not found/i, 'no drive behind the controller'],
];

/** `nvidia-smi`, `rocm-smi`. */
export const NO_GPU: AbsentWords = [
  [/no devices were found|couldn't communicate with the NVIDIA driver/i, 'no card that the driver knows'],
  [/driver not initialized|amdgpu not found|no AMD GPUs? (specified|found)/i, 'no card that the driver knows'],
];
