import { keyValueLines } from '../../values/key-value-lines.ts';

/**
 * The text of `smartctl -a`, `-x` or `-i`, of ATA, SCSI and NVMe drives, in the shape of its JSON, so that one reader does for both. Undefined of any other
 * text and of one that says that the drive was not opened.
 */
export function smartctlTextAsJson(text: string): Record<string, unknown> | undefined {
  if (!OWN_LINES.test(text)) return undefined;
  const fields = keyValueLines(text);
  const field = (...names: string[]): string | undefined => names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const model = field('Device Model', 'Model Number');
  const product = field('Product');
  if (model === undefined && product === undefined && field('Serial Number', 'Serial number') === undefined) return undefined;
  const isNvme = fields.has('Model Number');
  const sectors = /^(\d+) bytes logical, (\d+) bytes physical/.exec(field('Sector Sizes') ?? '');
  const health = field('SMART overall-health self-assessment test result', 'SMART Health Status');
  return {
    smartctl: { exit_status: 0 },
    device: { protocol: isNvme ? 'NVMe' : product === undefined ? 'ATA' : 'SCSI' },
    model_name: model,
    scsi_vendor: field('Vendor'),
    scsi_product: product,
    scsi_revision: field('Revision'),
    serial_number: field('Serial Number', 'Serial number'),
    firmware_version: field('Firmware Version'),
    logical_unit_id: wwnOf(field('LU WWN Device Id', 'Logical Unit id')),
    user_capacity: { bytes: bytesOf(field('User Capacity', 'Total NVM Capacity', 'Namespace 1 Size/Capacity')) },
    logical_block_size: count(sectors?.[1] ?? /^(\d+) bytes/.exec(field('Sector Size', 'Logical block size') ?? '')?.[1]),
    physical_block_size: count(sectors?.[2] ?? /^(\d+) bytes/.exec(field('Sector Size', 'Physical block size') ?? '')?.[1]),
    rotation_rate: rotationOf(field('Rotation Rate')),
    form_factor: { name: field('Form Factor') },
    sata_version: field('SATA Version is'),
    scsi_transport_protocol: { name: field('Transport protocol') },
    smart_status: { passed: health === undefined ? undefined : /^(PASSED|OK)\b/.test(health) },
    temperature: {
      current: count(/^(\d+)/.exec(field('Current Drive Temperature', 'Temperature') ?? '')?.[1]) ?? attributeRaw(text, [194, 190]),
    },
    power_on_time: {
      hours:
        count(field('Power On Hours')?.replaceAll(',', '')) ??
        hoursOf(field('Accumulated power on time, hours')) ??
        count(/^ *number of hours powered up = (\d+)/m.exec(text)?.[1]) ??
        attributeRaw(text, [9]),
    },
    power_cycle_count: count(field('Power Cycles')?.replaceAll(',', '')) ?? attributeRaw(text, [12]),
    scsi_grown_defect_list: count(field('Elements in grown defect list')),
    scsi_percentage_used_endurance_indicator: count(/^(\d+)%/.exec(field('Percentage used endurance indicator') ?? '')?.[1]),
    ata_smart_attributes: { table: attributes(text) },
    nvme_smart_health_information_log: isNvme ? nvmeLog(field) : undefined,
  };
}

/** Its heading, or where somebody cut that off, lines that no other tool has. */
const OWN_LINES = /^smartctl \d|^=== START OF (INFORMATION|READ SMART DATA) SECTION ===|^User Capacity: |^SMART Health Status: /m;

function nvmeLog(field: (...names: string[]) => string | undefined): Record<string, unknown> {
  const number = (name: string): string | undefined => /^([\d,]+)/.exec(field(name) ?? '')?.[1]?.replaceAll(',', '');
  return {
    percentage_used: count(number('Percentage Used')),
    available_spare: count(number('Available Spare')),
    media_errors: count(number('Media and Data Integrity Errors')),
    data_units_written: number('Data Units Written'),
  };
}

/** `  5 Reallocated_Sector_Ct   0x0033   100   100   010    Pre-fail  Always       -       0`; `-x` has fewer columns. */
function attributes(text: string): Record<string, unknown>[] {
  const rows = text.matchAll(
    /^ *(\d{1,3}) ([A-Za-z_][\w%/-]*) +\S+ +(\d{3}) +\d{3} +\S+ +(?:\S+ +\S+ +)?(?:-|FAILING_NOW|In_the_past|NOW|Past) +(\S.*?) *$/gm,
  );
  return [...rows].map(([, id, name, value, raw]) => ({ id: Number(id), name, value: Number(value), raw: { string: raw } }));
}

function attributeRaw(text: string, ids: readonly number[]): number | undefined {
  const row = attributes(text).find(({ id }) => ids.includes(Number(id)));
  return count(/^(\d{1,7})(?=$|[ (h+])/.exec(String((row?.['raw'] as { string?: string } | undefined)?.string ?? ''))?.[1]);
}

function bytesOf(capacity: string | undefined): number | undefined {
  return count(/^([\d,.']+)(?: bytes)?(?: \[|$)/.exec(capacity ?? '')?.[1]?.replaceAll(/[,.']/g, ''));
}

function rotationOf(rate: string | undefined): number | undefined {
  return /^solid state/i.test(rate ?? '') ? 0 : count(/^(\d+) rpm/.exec(rate ?? '')?.[1]);
}

function wwnOf(id: string | undefined): string | undefined {
  const digits = id?.replace(/^0x/i, '').replaceAll(' ', '').toLowerCase();
  return digits !== undefined && /^[0-9a-f]{16,}$/.test(digits) ? `0x${digits}` : undefined;
}

/** `minutes 12345:30`. */
function hoursOf(text: string | undefined): number | undefined {
  return count(/(\d+):\d{2}/.exec(text ?? '')?.[1]);
}

function count(digits: string | undefined): number | undefined {
  return digits === undefined || !/^\d{1,16}$/.test(digits) ? undefined : Number(digits);
}
