import { asCount, asText, isObject, member, objects, parseToolJson } from '../values/json-value.ts';

/** What `smartctl --json` says of a disk. */
export interface SmartInfo {
  /** how smartctl reached it, `sat`, `megaraid,14` … */
  deviceType: string | undefined;
  model: string | undefined;
  vendor: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  wwn: string | undefined;
  sizeBytes: number | undefined;
  logicalBlockBytes: number | undefined;
  physicalBlockBytes: number | undefined;
  rotationRpm: number | undefined;
  formFactor: string | undefined;
  transport: string | undefined;
  health: SmartHealth;
}

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
  writtenBytes: number | undefined;
}

/**
 * Reads smartctl's JSON. Its exit status is a bit mask (smartctl(8), EXIT STATUS): only bits 0 and 1, wrong call and device not
 * opened, mean that there is no data; a failing disk sets others and is described in full. Undefined when there is no data.
 */
export function parseSmartctl(bytes: Uint8Array | undefined): SmartInfo | undefined {
  const root = parseToolJson(bytes);
  const exitStatus = asCount(member(root, 'smartctl', 'exit_status')) ?? 0;
  if (!isObject(root) || (exitStatus & 0b11) !== 0) return undefined;
  const scsiProduct = asText(root['scsi_product'] ?? root['product']);
  const rpm = asCount(root['rotation_rate']);
  return {
    deviceType: asText(member(root, 'device', 'type')),
    model: scsiProduct ?? asText(root['model_name']) ?? asText(root['scsi_model_name']),
    vendor: asText(root['scsi_vendor'] ?? root['vendor']),
    serial: asText(root['serial_number']),
    firmware: asText(root['firmware_version']) ?? asText(root['scsi_revision'] ?? root['revision']),
    wwn: wwnOf(root),
    sizeBytes: asCount(member(root, 'user_capacity', 'bytes')) ?? asCount(root['nvme_total_capacity']),
    logicalBlockBytes: asCount(root['logical_block_size']),
    physicalBlockBytes: asCount(root['physical_block_size']),
    rotationRpm: rpm === 0 ? undefined : rpm,
    formFactor: asText(member(root, 'form_factor', 'name')),
    transport: transportOf(root),
    health: healthOf(root),
  };
}

function healthOf(root: Record<string, unknown>): SmartHealth {
  const passed = member(root, 'smart_status', 'passed');
  const temperature = member(root, 'temperature', 'current');
  const nvme = root['nvme_smart_health_information_log'];
  const units = asCount(member(nvme, 'data_units_written'));
  return {
    smartPassed: typeof passed === 'boolean' ? passed : undefined,
    temperatureCelsius: typeof temperature === 'number' ? temperature : undefined,
    powerOnHours: asCount(member(root, 'power_on_time', 'hours')),
    powerCycles: asCount(root['power_cycle_count']),
    wearPercent:
      asCount(member(nvme, 'percentage_used')) ??
      asCount(root['scsi_percentage_used_endurance_indicator']) ??
      asCount(member(root, 'endurance_used', 'current_percent')),
    availableSparePercent: asCount(member(nvme, 'available_spare')),
    grownDefects: asCount(root['scsi_grown_defect_list']),
    reallocatedSectors: attribute(root, 5),
    pendingSectors: attribute(root, 197),
    mediaErrors: asCount(member(nvme, 'media_errors')) ?? scsiUncorrected(root),
    writtenBytes: bytesOfUnits(units),
  };
}

/** NVMe counts in thousands of 512 bytes (NVM Express base specification, SMART log). */
export function bytesOfUnits(units: number | undefined): number | undefined {
  const bytes = (units ?? Number.NaN) * 512_000;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Raw value of an ATA attribute; the vendor may put more into it than 48 bits mean, so a value beyond 32 bits is none. */
function attribute(root: Record<string, unknown>, id: number): number | undefined {
  const row = objects(member(root, 'ata_smart_attributes', 'table')).find((entry) => entry['id'] === id);
  const raw = asCount(member(row, 'raw', 'value'));
  return raw === undefined || raw > 0xffffffff ? undefined : raw;
}

function scsiUncorrected(root: Record<string, unknown>): number | undefined {
  const log = root['scsi_error_counter_log'];
  if (!isObject(log)) return undefined;
  const counts = Object.values(log)
    .map((page) => asCount(member(page, 'total_uncorrected_errors')))
    .filter((found) => found !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, found) => sum + found, 0);
}

function transportOf(root: Record<string, unknown>): string | undefined {
  if (member(root, 'device', 'protocol') === 'NVMe') return 'nvme';
  if (root['sata_version'] !== undefined) return 'sata';
  const scsi = asText(member(root, 'scsi_transport_protocol', 'name'));
  return scsi === undefined ? undefined : /^SAS\b/.test(scsi) ? 'sas' : /^Fibre/i.test(scsi) ? 'fc' : undefined;
}

/** ATA gives the parts of an NAA 5 identifier (4, 24 and 36 bits), SCSI the whole as text. */
function wwnOf(root: Record<string, unknown>): string | undefined {
  const [naa, oui, id] = ['naa', 'oui', 'id'].map((key) => asCount(member(root, 'wwn', key)));
  if (naa !== undefined && oui !== undefined && id !== undefined && oui > 0) {
    return `0x${naa.toString(16)}${oui.toString(16).padStart(6, '0')}${id.toString(16).padStart(9, '0')}`;
  }
  const unit = asText(root['logical_unit_id'])?.toLowerCase();
  return unit !== undefined && /^0x[0-9a-f]{16,}$/.test(unit) ? unit : undefined;
}
