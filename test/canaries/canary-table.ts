/** Something that a machine knows and that tells whose it is, or opens a door. */
export interface Canary {
  what: string;
  /** as the machine says it; nothing else in the world says so */
  value: string;
  /**
   * How far it may come. `record`: the schema has a field for it. `capture`: it is in what a tool or table says as a whole, and in no field.
   * `nowhere`: it is not inventory, and may not even leave the machine.
   */
  reaches: 'record' | 'capture' | 'nowhere';
}

/** One for each kind of fact that has a place on a real machine. Each is looked for in every place that it could come to. */
export const CANARIES = {
  systemSerial: { what: 'serial number of the system', value: 'CNRYSYS7Q01', reaches: 'record' },
  systemUuid: { what: 'UUID of the system', value: 'c0ffee01-7a7a-4c4c-8d8d-0123456789ab', reaches: 'record' },
  chassisSerial: { what: 'serial number of the chassis', value: 'CNRYCHS7Q02', reaches: 'record' },
  chassisAsset: { what: 'asset tag of the chassis, with its owner', value: 'CNRY-OWNER-PAYROLL-7731', reaches: 'record' },
  boardSerial: { what: 'serial number of the board', value: 'CNRYBRD7Q03', reaches: 'record' },
  dimmSerial: { what: 'serial number of a DIMM', value: 'CNRYD1MM04', reaches: 'record' },
  dimmAsset: { what: 'asset tag of a DIMM', value: 'CNRYDASSET05', reaches: 'record' },
  powerSerial: { what: 'serial number of a power supply', value: 'CNRYPSU7Q06', reaches: 'record' },
  oemString: { what: 'an OEM string of the firmware, with its owner', value: 'CNRY-OEM-OWNER-4471', reaches: 'capture' },
  diskSerial: { what: 'serial number of a disk', value: 'CNRYDSK7Q07', reaches: 'record' },
  diskWwn: { what: 'WWN of a disk', value: '5000c5c0ffee0107', reaches: 'record' },
  diskLabel: { what: 'label of a file system', value: 'CNRYLABEL08', reaches: 'capture' },
  fileSystemUuid: { what: 'UUID of a file system', value: 'c0ffee09-7a7a-4c4c-8d8d-0123456789ab', reaches: 'record' },
  mountPoint: { what: 'a mount point, with a user', value: '/home/cnryuser10', reaches: 'capture' },
  arrayName: { what: 'host name in the name of an array', value: 'cnryhost11', reaches: 'record' },
  volumeGroup: { what: 'name of a volume group', value: 'cnryvg12', reaches: 'record' },
  volume: { what: 'name of a volume', value: 'cnrylv13', reaches: 'record' },
  nicMac: { what: 'MAC address of a port', value: '0c:c4:7a:c0:ff:14', reaches: 'record' },
  nicAddress: { what: 'IP address of a port', value: '10.199.188.15', reaches: 'record' },
  switchName: { what: 'name of a switch (LLDP)', value: 'cnryswitch16', reaches: 'record' },
  switchText: { what: 'description of a switch (LLDP)', value: 'CNRYLLDPDESCR17', reaches: 'record' },
  switchPort: { what: 'description of a switch port (LLDP)', value: 'cnryport18', reaches: 'record' },
  switchVlan: { what: 'name of a VLAN (LLDP)', value: 'cnryvlan19', reaches: 'record' },
  switchLocation: { what: 'place of a machine (LLDP-MED)', value: 'CNRYROOM20', reaches: 'capture' },
  bmcAddress: { what: 'IP address of the BMC', value: '10.199.188.21', reaches: 'record' },
  bmcMac: { what: 'MAC address of the BMC', value: '0c:c4:7a:c0:ff:22', reaches: 'record' },
  fruSerial: { what: 'serial number in a FRU', value: 'CNRYFRU7Q23', reaches: 'record' },
  fruAsset: { what: 'asset tag in a FRU', value: 'CNRYFRUASSET24', reaches: 'record' },
  bootEntry: { what: 'name of a boot entry', value: 'CNRYBOOTENTRY25', reaches: 'record' },
  usbSerial: { what: 'serial number of a USB device', value: 'CNRYUSB7Q26', reaches: 'record' },
  hostArgument: { what: 'host name in a kernel argument', value: 'cnryhost27', reaches: 'record' },
  community: { what: 'SNMP community of the BMC, which is a password', value: 'CNRYCOMMUNITY28', reaches: 'nowhere' },
  bmcPassword: { what: 'password of the BMC', value: 'CNRYBMCPASS29', reaches: 'nowhere' },
  argumentPassword: { what: 'password in a kernel argument', value: 'CNRYISCSIPASS30', reaches: 'nowhere' },
  argumentUrl: { what: 'password in a URL of a kernel argument', value: 'CNRYURLPASS31', reaches: 'nowhere' },
  msdm: { what: 'Windows key in the ACPI table MSDM', value: 'CNRY3-MSDM2-KEY32-XXXXX-YYYYY', reaches: 'nowhere' },
  efiSecret: { what: 'a password in a variable of the firmware', value: 'CNRYEFIPASS33', reaches: 'nowhere' },
  efiTail: { what: 'what an operating system put behind its boot entry', value: 'CNRYEFITAIL34', reaches: 'nowhere' },
  ssid: { what: 'name of a wireless network', value: 'CNRYSSID35', reaches: 'nowhere' },
  wirelessKey: { what: 'key of a wireless network', value: 'CNRYPSK36', reaches: 'nowhere' },
  userName: { what: 'name of a user', value: 'cnryuser37', reaches: 'nowhere' },
  passwordHash: { what: 'hash of a password', value: '$6$CNRYHASH38', reaches: 'nowhere' },
  sshKey: { what: 'secret key of SSH', value: 'CNRYSSHKEY39', reaches: 'nowhere' },
  luksHeader: { what: 'bytes of a LUKS header', value: 'CNRYLUKS40', reaches: 'nowhere' },
  process: { what: 'path of a program that uses a GPU, with its user', value: '/home/cnryuser41/train.py', reaches: 'nowhere' },
  hostName: { what: 'host name in /etc', value: 'cnryhost42', reaches: 'nowhere' },
} as const satisfies Record<string, Canary>;

export type CanaryName = keyof typeof CANARIES;
