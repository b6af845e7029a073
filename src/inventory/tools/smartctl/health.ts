import { drivenTemperature } from '../../values/driven-temperature.ts';
import { asCount, asCounter, asText, isObject, member, objects } from '../../values/json-value.ts';
import { bytesOfUnits, type Counter, possibleCount, possibleHours } from './units.ts';
import { ataWearPercent } from './wear.ts';

/** The fields of `Disk` and `PhysicalDrive` that a drive says of itself. */
export interface SmartHealth {
  smartPassed: boolean | undefined;
  temperatureCelsius: number | undefined;
  powerOnHours: number | undefined;
  powerCycles: number | undefined;
  wearPercent: number | undefined;
  availableSparePercent: number | undefined;
  grownDefects: number | undefined;
  reallocatedSectors: number | undefined;
  pendingSectors: number | undefined;
  mediaErrors: number | undefined;
  writtenBytes: Counter | undefined;
}

/** Health in the JSON of smartctl, whichever of its calls it was: `-A`, `--all` and `--xall` have the same facts in other places. */
export function healthOf(root: Record<string, unknown>): SmartHealth {
  const passed = member(root, 'smart_status', 'passed');
  const nvme = root['nvme_smart_health_information_log'];
  return {
    smartPassed: typeof passed === 'boolean' ? passed : undefined,
    temperatureCelsius: temperatureOf(root),
    powerOnHours: possibleHours(hoursOf(root)),
    powerCycles: possibleCount(asCount(root['power_cycle_count'])),
    wearPercent:
      asCount(member(nvme, 'percentage_used')) ??
      asCount(root['scsi_percentage_used_endurance_indicator']) ??
      asCount(member(root, 'endurance_used', 'current_percent')) ??
      ataWearPercent(root),
    availableSparePercent: asCount(member(nvme, 'available_spare')),
    grownDefects: possibleCount(asCount(root['scsi_grown_defect_list'])),
    reallocatedSectors: attribute(root, 5),
    pendingSectors: attribute(root, 197),
    mediaErrors: asCount(member(nvme, 'media_errors')) ?? scsiUncorrected(root),
    writtenBytes: bytesOfUnits(asCounter(member(nvme, 'data_units_written'))),
  };
}

/** SAS drives have a page of environmental reports, from which `--xall` does not always fill the common place. */
function temperatureOf(root: Record<string, unknown>): number | undefined {
  const said = [member(root, 'temperature', 'current'), member(root, 'scsi_environmental_reports', 'temperature_1', 'current')];
  return said.map((value) => drivenTemperature(typeof value === 'number' ? value : undefined)).find((value) => value !== undefined);
}

/** The background scan of SAS drives counts in minutes. */
function hoursOf(root: Record<string, unknown>): number | undefined {
  const scan = member(root, 'scsi_background_scan', 'status');
  const [, hours] = /^(\d{1,7}):\d{2}$/.exec(asText(member(scan, 'accumulated_power_on_time')) ?? '') ?? [];
  const minutes = asCount(member(scan, 'minutes_power_on'));
  const ofNvme = asCount(member(root, 'nvme_smart_health_information_log', 'power_on_hours'));
  return (
    asCount(member(root, 'power_on_time', 'hours')) ??
    ofNvme ??
    asCount(hours) ??
    (minutes === undefined ? undefined : Math.floor(minutes / 60))
  );
}

/**
 * Raw value of an ATA attribute. Makers pack several numbers into its six bytes: smartctl knows how, and writes what it decoded as text. Without
 * that text a value beyond 32 bits is none.
 */
function attribute(root: Record<string, unknown>, id: number): number | undefined {
  const row = objects(member(root, 'ata_smart_attributes', 'table')).find((entry) => entry['id'] === id);
  const decoded = asText(member(row, 'raw', 'string'));
  if (decoded !== undefined) return possibleCount(asCount(/^\d{1,10}(?=$|[ (/])/.exec(decoded)?.[0]));
  return possibleCount(asCount(member(row, 'raw', 'value')));
}

function scsiUncorrected(root: Record<string, unknown>): number | undefined {
  const log = root['scsi_error_counter_log'];
  if (!isObject(log)) return undefined;
  const counts = Object.values(log)
    .map((page) => asCount(member(page, 'total_uncorrected_errors')))
    .filter((found) => found !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, found) => sum + found, 0);
}
