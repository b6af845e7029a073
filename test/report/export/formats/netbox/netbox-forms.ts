import { readCells } from '../../read-csv.ts';

/** What a cell may be. */
interface Column {
  isRequired?: true;
  /** characters that the database has room for */
  longest?: number;
  pattern?: RegExp;
  choices?: readonly string[];
  /** where the object with this name comes from: file and column of an earlier file */
  of?: readonly [file: string, column: string];
}

interface Form {
  columns: Readonly<Record<string, Column>>;
  /** columns whose values together stand once only */
  unique: readonly (readonly string[])[];
}

const NAME = { isRequired: true, longest: 100 } as const;
const SLUG = { isRequired: true, longest: 100, pattern: /^[-a-zA-Z0-9_]+$/ } as const;
const COLOR = { isRequired: true, pattern: /^[0-9a-f]{6}$/ } as const;
const BOOLEAN = { choices: ['true', 'false'] } as const;
const SHORT = { longest: 50 } as const;
const ABOUT = { longest: 200 } as const;
const DEVICE = { isRequired: true, of: ['05-devices.csv', 'name'] } as const;
const TERMINATION = { isRequired: true, choices: ['dcim.interface'] } as const;

const DEVICE_FORM: Form = {
  columns: {
    name: { longest: 64, pattern: /^[^,]+$/ },
    role: { isRequired: true, of: ['04-device-roles.csv', 'name'] },
    manufacturer: { isRequired: true, of: ['02-manufacturers.csv', 'name'] },
    device_type: { isRequired: true, of: ['03-device-types.csv', 'model'] },
    serial: SHORT,
    asset_tag: SHORT,
    status: { isRequired: true, choices: ['offline', 'active', 'planned', 'staged', 'failed', 'inventory', 'decommissioning'] },
    site: { isRequired: true, of: ['01-sites.csv', 'name'] },
  },
  unique: [['name', 'site'], ['asset_tag']],
};

const INTERFACE_TYPES = [
  ...['100base-tx', '1000base-t', '2.5gbase-t', '5gbase-t', '10gbase-t', '1000base-x-sfp', '10gbase-x-sfpp', '25gbase-x-sfp28'],
  ...['40gbase-x-qsfpp', '100gbase-x-qsfp28', '200gbase-x-qsfp56', '400gbase-x-qsfpdd', 'infiniband-sdr', 'infiniband-ddr'],
  ...[
    'infiniband-qdr',
    'infiniband-fdr10',
    'infiniband-fdr',
    'infiniband-edr',
    'infiniband-hdr',
    'infiniband-ndr',
    'infiniband-xdr',
    'other',
  ],
];

/**
 * What NetBox's import forms take, as far as the export uses it; read in its sources at 4.2 and at 4.7 (netbox/dcim/forms/bulk_import.py,
 * netbox/dcim/choices.py, netbox/dcim/models): only columns that both versions have, with the stricter rule of the two.
 */
export const NETBOX_FORMS: Readonly<Record<string, Form>> = {
  '01-sites.csv': {
    columns: {
      name: NAME,
      slug: SLUG,
      status: { isRequired: true, choices: ['planned', 'staging', 'active', 'decommissioning', 'retired'] },
    },
    unique: [['name'], ['slug']],
  },
  '02-manufacturers.csv': { columns: { name: NAME, slug: SLUG, description: ABOUT }, unique: [['name'], ['slug']] },
  '03-device-types.csv': {
    columns: {
      manufacturer: { isRequired: true, of: ['02-manufacturers.csv', 'name'] },
      model: NAME,
      slug: SLUG,
      u_height: { isRequired: true, pattern: /^\d{1,3}(\.[05])?$/ },
    },
    unique: [
      ['manufacturer', 'model'],
      ['manufacturer', 'slug'],
    ],
  },
  '04-device-roles.csv': { columns: { name: NAME, slug: SLUG, color: COLOR }, unique: [['name'], ['slug']] },
  '05-devices.csv': DEVICE_FORM,
  '06-interfaces.csv': {
    columns: {
      device: DEVICE,
      name: { isRequired: true, longest: 64 },
      type: { isRequired: true, choices: INTERFACE_TYPES },
      enabled: BOOLEAN,
      // kbit/s, a positive 32-bit number
      speed: { pattern: /^[1-9]\d{0,8}$/ },
      mtu: { pattern: /^[1-9]\d{0,4}$/ },
      mgmt_only: BOOLEAN,
      description: ABOUT,
    },
    unique: [['device', 'name']],
  },
  '07-mac-addresses.csv': {
    columns: {
      mac_address: { isRequired: true, pattern: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/ },
      device: DEVICE,
      interface: { isRequired: true, of: ['06-interfaces.csv', 'name'] },
      is_primary: BOOLEAN,
    },
    unique: [['device', 'interface']],
  },
  '08-inventory-item-roles.csv': { columns: { name: NAME, slug: SLUG, color: COLOR }, unique: [['name'], ['slug']] },
  '09-inventory-items.csv': {
    columns: {
      device: DEVICE,
      name: { isRequired: true, longest: 64 },
      status: { isRequired: true, choices: ['offline', 'active', 'planned', 'staged', 'failed', 'decommissioning'] },
      role: { of: ['08-inventory-item-roles.csv', 'name'] },
      manufacturer: { of: ['02-manufacturers.csv', 'name'] },
      part_id: SHORT,
      serial: SHORT,
      discovered: BOOLEAN,
      description: ABOUT,
    },
    unique: [['device', 'name']],
  },
  '10-switches.csv': DEVICE_FORM,
  '11-switch-interfaces.csv': {
    columns: {
      device: { isRequired: true, of: ['10-switches.csv', 'name'] },
      name: { isRequired: true, longest: 64 },
      type: { isRequired: true, choices: INTERFACE_TYPES },
      enabled: BOOLEAN,
      description: ABOUT,
    },
    unique: [['device', 'name']],
  },
  '12-cables.csv': {
    columns: {
      // 4.7 takes a comma in these for the end of a name
      side_a_device: { isRequired: true, pattern: /^[^,]+$/, of: ['05-devices.csv', 'name'] },
      side_a_type: TERMINATION,
      side_a_name: { isRequired: true, pattern: /^[^,]+$/, of: ['06-interfaces.csv', 'name'] },
      side_b_device: { isRequired: true, pattern: /^[^,]+$/, of: ['10-switches.csv', 'name'] },
      side_b_type: TERMINATION,
      side_b_name: { isRequired: true, pattern: /^[^,]+$/, of: ['11-switch-interfaces.csv', 'name'] },
      status: { choices: ['connected', 'planned', 'decommissioning'] },
    },
    unique: [
      ['side_a_device', 'side_a_name'],
      ['side_b_device', 'side_b_name'],
    ],
  },
  // netbox/ipam/forms/bulk_import.py; NetBox wants an address once (ENFORCE_GLOBAL_UNIQUE), and a machine has one of each kind
  '13-ip-addresses.csv': {
    columns: {
      address: { isRequired: true, pattern: /^\d+\.\d+\.\d+\.\d+\/\d{1,2}$/ },
      status: { isRequired: true, choices: ['active', 'reserved', 'deprecated', 'dhcp', 'slaac'] },
      device: DEVICE,
      interface: { isRequired: true, of: ['06-interfaces.csv', 'name'] },
      is_primary: BOOLEAN,
      is_oob: BOOLEAN,
    },
    unique: [['address'], ['device', 'is_oob']],
  },
};

/** What NetBox would refuse, in sentences; the files in the order of their import. */
export function netboxFaults(files: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  const imported = new Map<string, Record<string, string>[]>();
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const form = NETBOX_FORMS[file];
    const [columns = [], ...lines] = readCells(text);
    if (form === undefined) faults.push(`${file}: there is no such form`);
    if (form === undefined) continue;
    for (const column of columns) if (form.columns[column] === undefined) faults.push(`${file}: the form has no ${column}`);
    const rows = lines.map((cells) => Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? '').trim()])));
    if (lines.some((cells) => cells.length !== columns.length)) faults.push(`${file}: a line has not ${columns.length} cells`);
    for (const [column, rule] of Object.entries(form.columns))
      for (const row of rows) {
        const fault = cellFault(row[column] ?? '', rule, imported);
        if (fault !== undefined) faults.push(`${file}: ${column} ${JSON.stringify(row[column])} ${fault}`);
      }
    for (const key of form.unique) faults.push(...twice(rows, key).map((values) => `${file}: ${key.join(' and ')} ${values} stand twice`));
    imported.set(file, rows);
  }
  return faults;
}

function cellFault(cell: string, rule: Column, imported: ReadonlyMap<string, Record<string, string>[]>): string | undefined {
  if (cell === '') return rule.isRequired === true ? 'is missing' : undefined;
  if ([...cell].length > (rule.longest ?? Number.POSITIVE_INFINITY)) return 'is too long';
  if (rule.pattern?.test(cell) === false) return 'has a wrong form';
  if (rule.choices?.includes(cell) === false) return 'is no choice';
  if (/[\x00-\x1f]/.test(cell)) return 'is more than a line';
  const [file = '', column = ''] = rule.of ?? [];
  return rule.of !== undefined && imported.get(file)?.some((row) => row[column] === cell) !== true ? `is not in ${file}` : undefined;
}

/** The database compares names without case. */
function twice(rows: readonly Record<string, string>[], key: readonly string[]): string[] {
  const met = new Set<string>();
  return rows.flatMap((row) => {
    const values = key.map((column) => (row[column] ?? '').toLowerCase());
    const word = JSON.stringify(values);
    if (values.every((value) => value === '')) return [];
    if (met.has(word)) return [word];
    met.add(word);
    return [];
  });
}
