import { asCount, asText, isObject, member, parseToolJson } from './json-value.ts';

/** What `smartctl --json` says of a disk. */
export interface SmartInfo {
  model: string | undefined;
  vendor: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  wwn: string | undefined;
  sizeBytes: number | undefined;
  rotationRpm: number | undefined;
  passed: boolean | undefined;
  temperatureCelsius: number | undefined;
  powerOnHours: number | undefined;
}

/**
 * Reads smartctl's JSON. Its exit status is a bit mask (smartctl(8), EXIT STATUS): only bits 0 and 1, wrong call and device not
 * opened, mean that there is no data; a failing disk sets others and is described in full. Undefined when there is no data.
 */
export function parseSmartctl(bytes: Uint8Array | undefined): SmartInfo | undefined {
  const root = parseToolJson(bytes);
  const exitStatus = asCount(member(root, 'smartctl', 'exit_status')) ?? 0;
  if (!isObject(root) || (exitStatus & 0b11) !== 0) return undefined;
  const passed = member(root, 'smart_status', 'passed');
  const temperature = member(root, 'temperature', 'current');
  const scsiProduct = asText(root['scsi_product'] ?? root['product']);
  const rpm = asCount(root['rotation_rate']);
  return {
    model: scsiProduct ?? asText(root['model_name']) ?? asText(root['scsi_model_name']),
    vendor: asText(root['scsi_vendor'] ?? root['vendor']),
    serial: asText(root['serial_number']),
    firmware: asText(root['firmware_version']) ?? asText(root['scsi_revision'] ?? root['revision']),
    wwn: wwnOf(root),
    sizeBytes: asCount(member(root, 'user_capacity', 'bytes')) ?? asCount(root['nvme_total_capacity']),
    rotationRpm: rpm === 0 ? undefined : rpm,
    passed: typeof passed === 'boolean' ? passed : undefined,
    temperatureCelsius: typeof temperature === 'number' ? temperature : undefined,
    powerOnHours: asCount(member(root, 'power_on_time', 'hours')),
  };
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
