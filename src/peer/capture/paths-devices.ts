const below = (directory: string, names: readonly string[]): string[] => names.map((name) => `${directory}/${name}`);

/** Files of disks, enclosures and storage adapters; a part of CAPTURE_PATHS. */
export const STORAGE_PATHS: readonly string[] = [
  ...below('sys/block/*', ['nsid', 'nguid', 'eui', 'uuid', 'metadata_bytes', 'device/sas_address', 'device/vpd_pg80']),
  ...below('sys/class/nvme/*', ['subsysnqn', 'cntlid', 'model', 'serial', 'firmware_rev', 'transport', 'address', 'state']),
  ...below('sys/class/enclosure/*', ['id', 'components', 'device/vendor', 'device/model', 'device/rev']),
  ...below('sys/class/enclosure/*/*', ['slot', 'status', 'fault', 'type']),
  ...below('sys/class/scsi_host/*', [
    'proc_name',
    'board_name',
    'board_tracer',
    'model_name',
    'modelname',
    'serial_num',
    'serialnum',
    'version_fw',
    'fw_version',
    'fwrev',
    'host_sas_address',
  ]),
  ...below('sys/class/fc_host/*', ['port_name', 'node_name', 'port_state', 'port_type', 'speed', 'supported_speeds']),
];

/** Files of network adapters beside those of all interfaces; a part of CAPTURE_PATHS. */
export const NETWORK_PATHS: readonly string[] = [
  'sys/class/net/*/device/label',
  ...below('sys/class/infiniband/*', ['node_guid', 'sys_image_guid', 'fw_ver', 'hw_rev', 'hca_type', 'board_id']),
  ...below('sys/class/infiniband/*/ports/*', ['state', 'phys_state', 'rate', 'lid', 'link_layer', 'gids/0']),
];

/** A part of CAPTURE_LINKS: where disks sit, what adapters hang on, and whose virtual function an interface is. */
export const DEVICE_LINKS: readonly string[] = [
  'dev/disk/by-path/*',
  'sys/class/enclosure/*/*/device',
  'sys/class/scsi_host/*',
  'sys/class/fc_host/*',
  'sys/class/net/*/device/physfn',
];
