import { asCount, asText, member, parseToolJson } from './json-value.ts';

/** What `nvme id-ctrl` and `nvme smart-log` say of a controller. */
export interface NvmeInfo {
  model: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  passed: boolean | undefined;
  temperatureCelsius: number | undefined;
  powerOnHours: number | undefined;
}

/** Temperatures are in kelvin there; `critical_warning` is a bit mask and zero when all is well (NVMe base specification, SMART log). */
export function readNvme(idCtrl: Uint8Array | undefined, smartLog: Uint8Array | undefined): NvmeInfo {
  const identity = parseToolJson(idCtrl);
  const log = parseToolJson(smartLog);
  const kelvin = asCount(member(log, 'temperature'));
  const warning = asCount(member(log, 'critical_warning')) ?? asCount(member(log, 'critical_warning', 'value'));
  return {
    model: asText(member(identity, 'mn')),
    serial: asText(member(identity, 'sn')),
    firmware: asText(member(identity, 'fr')),
    passed: warning === undefined ? undefined : warning === 0,
    temperatureCelsius: kelvin === undefined || kelvin === 0 ? undefined : kelvin - 273,
    powerOnHours: asCount(member(log, 'power_on_hours')),
  };
}
