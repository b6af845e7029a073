import { ReconError } from '../../domain/errors.ts';

/** Kinds of objects that NetBox has lists of, by the words of its own file names. */
export const KNOWN_KINDS = [
  ...(['device types', 'device roles', 'inventory item roles', 'inventory items', 'manufacturers', 'mac addresses'] as const),
  ...(['ip addresses', 'interfaces', 'sites', 'devices'] as const),
] as const;
export type KnownKind = (typeof KNOWN_KINDS)[number];

/** What another program says that it has, one row an object. */
export interface KnownList {
  kind: KnownKind;
  /** the columns that tell an object, under the names of {@link HEADINGS}; a cell that is empty is missing */
  rows: Readonly<Partial<Record<KnownColumn, string>>>[];
}
export type KnownColumn = keyof typeof HEADINGS;

/** How NetBox heads the columns of its lists (verbose names of its models and tables), and how its REST API calls them. */
const HEADINGS = {
  name: ['name'],
  slug: ['slug'],
  model: ['device type', 'model'],
  manufacturer: ['manufacturer'],
  serial: ['serial number', 'serial'],
  assetTag: ['asset tag'],
  device: ['device'],
  mac: ['mac address'],
  address: ['ip address', 'address'],
  cable: ['cable'],
} as const satisfies Record<string, readonly string[]>;

/** Without these nothing of a kind can be told again. */
const NEEDED: Readonly<Record<KnownKind, readonly KnownColumn[]>> = {
  ...{ 'device types': ['manufacturer', 'model'], 'device roles': ['name'], 'inventory item roles': ['name'], manufacturers: ['name'] },
  ...{ 'inventory items': ['device', 'name'], interfaces: ['device', 'name'], 'mac addresses': ['mac'], 'ip addresses': ['address'] },
  ...{ sites: ['name'], devices: ['name', 'serial'] },
};

/**
 * A list as NetBox exports it (`netbox_devices.csv`). Which one it is, is told by the file's name, or else by its columns.
 * @param cells of each row, the headings first
 * @throws ReconError `usage` where neither tells, and where a column is missing without which nothing can be found again
 */
export function knownList(file: string, [headings = [], ...rows]: readonly (readonly string[])[]): KnownList {
  const heads = headings.map((heading) => plain(heading));
  const kind = kindByName(file) ?? kindByHeadings(new Set(heads));
  if (kind === undefined)
    throw new ReconError('usage', `${file}: neither its name nor its columns tell which list of NetBox it is`, {
      hint: 'leave it the name that NetBox gave it, such as netbox_devices.csv',
    });
  const places = Object.entries(HEADINGS).flatMap(([column, names]) => {
    const at = heads.findIndex((head) => (names as readonly string[]).includes(head));
    return at < 0 ? [] : [[column as KnownColumn, at] as const];
  });
  const missing = NEEDED[kind].filter((column) => !places.some(([name]) => name === column));
  if (missing.length > 0)
    throw new ReconError(
      'usage',
      `${file}: the list of ${kind} has no column ${missing.map((name) => `"${HEADINGS[name][0]}"`).join(', ')}`,
      {
        hint: 'in NetBox: Export, All Data (CSV); it has all columns, Current View only those on the screen',
      },
    );
  const told = rows.filter((cells) => cells.some((cell) => cell !== ''));
  return {
    kind,
    rows: told.map((cells) => Object.fromEntries(places.flatMap(([column, at]) => (isEmpty(cells[at]) ? [] : [[column, cells[at]]])))),
  };
}

function kindByName(file: string): KnownKind | undefined {
  const name = plain(file.replace(/^.*[/\\]/, ''));
  return KNOWN_KINDS.find((kind) => name.includes(kind));
}

function kindByHeadings(heads: ReadonlySet<string>): KnownKind | undefined {
  const has = (...names: string[]): boolean => names.some((name) => heads.has(name));
  if (!has('name')) {
    if (has('mac address')) return 'mac addresses';
    if (has('model', 'device type') && has('manufacturer')) return 'device types';
    return has('ip address', 'address') ? 'ip addresses' : undefined;
  }
  if (has('device')) return has('part id', 'discovered') ? 'inventory items' : has('enabled', 'mgmt only') ? 'interfaces' : undefined;
  if (has('serial number', 'serial') && has('type', 'device type')) return 'devices';
  return has('device types') ? 'manufacturers' : undefined;
}

/** `Device_Types`, `device-types` and `Device Types` are one. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Tables show a dash where there is nothing. */
function isEmpty(cell: string | undefined): boolean {
  return cell === undefined || /^[—-]?$/.test(cell.trim());
}
