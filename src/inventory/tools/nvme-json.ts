import { drivenTemperature } from '../values/driven-temperature.ts';
import { asCount, asCounter, asText, member, parseToolJson } from '../values/json-value.ts';
import { bytesOfUnits, type Counter, possibleHours } from './smartctl/units.ts';

/** What `nvme id-ctrl` and `nvme smart-log` say of a controller. */
export interface NvmeInfo {
  model: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  subsystemNqn: string | undefined;
  controllerId: number | undefined;
  smartPassed: boolean | undefined;
  temperatureCelsius: number | undefined;
  powerOnHours: number | undefined;
  powerCycles: number | undefined;
  wearPercent: number | undefined;
  availableSparePercent: number | undefined;
  mediaErrors: number | undefined;
  writtenBytes: Counter | undefined;
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
    subsystemNqn: asText(member(identity, 'subnqn')),
    controllerId: asCount(member(identity, 'cntlid')),
    smartPassed: warning === undefined ? undefined : warning === 0,
    temperatureCelsius: drivenTemperature(kelvin === undefined ? undefined : kelvin - 273),
    powerOnHours: possibleHours(asCount(member(log, 'power_on_hours'))),
    powerCycles: asCount(member(log, 'power_cycles')),
    // older releases cut the names
    wearPercent: asCount(member(log, 'percent_used')) ?? asCount(member(log, 'percentage_used')),
    availableSparePercent: asCount(member(log, 'avail_spare')) ?? asCount(member(log, 'available_spare')),
    mediaErrors: asCount(member(log, 'media_errors')),
    writtenBytes: bytesOfUnits(asCounter(member(log, 'data_units_written'))),
  };
}
