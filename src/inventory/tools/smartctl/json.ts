import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { asCount, asText, isObject, member, parseToolJson } from '../../values/json-value.ts';
import { healthOf, type SmartHealth } from './health.ts';
import { smartctlTextAsJson } from './text.ts';

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

/**
 * Reads smartctl's JSON, or the text of the same calls. Its exit status is a bit mask (smartctl(8), EXIT STATUS): only bits 0 and 1, wrong call and device not
 * opened, mean that there is no data; a failing disk sets others and is described in full. Undefined when there is no data.
 */
export function parseSmartctl(bytes: Uint8Array | undefined): SmartInfo | undefined {
  const root = parseToolJson(bytes) ?? smartctlTextAsJson(wholeLines(decodeText(bytes)));
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
