import { asText, member, objects, parseToolJson } from '../../values/json-value.ts';

/** One line of `smartctl --scan-open --json`. */
export interface ScannedDevice {
  /** `/dev/sda`, `/dev/bus/6` */
  path: string;
  /** `sat`, `megaraid,14` */
  type: string;
}

/**
 * Drives that have no disk node of their own: a controller hides them and smartctl reaches them by a number
 * (`-d megaraid,N`, `cciss,N`, `areca,N/M`, `3ware,N`, `aacraid,H,L,ID`; smartctl(8)). Types and paths of any other form are left out.
 */
export function hiddenDrives(bytes: Uint8Array | undefined): ScannedDevice[] {
  const devices = objects(member(parseToolJson(bytes), 'devices')).map((entry) => ({
    path: asText(entry['name']) ?? '',
    type: asText(entry['type']) ?? '',
  }));
  const found = devices.filter(({ path, type }) => HIDDEN_TYPE.test(type) && DEVICE_PATH.test(path));
  return [...new Map(found.map((device) => [`${device.type}@${device.path}`, device])).values()];
}

const HIDDEN_TYPE = /^(sat\+|scsi\+)?(megaraid|cciss|areca|3ware|aacraid|sssraid|hpt),\d+([,/]\d+)*$/;
const DEVICE_PATH = /^\/dev\/[A-Za-z0-9_]+(\/\d+)?$/;
