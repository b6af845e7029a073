/** What two tools may both say of a drive. */
interface NamedDrive {
  serial?: string;
  wwn?: string;
}

/**
 * Joins what two lists say of the same drives. Each of `others` is one of `known` at most; `join` makes one of both, and `rest` is what only the second list has.
 */
export function joinSameDrives<Known extends NamedDrive, Other extends NamedDrive>(
  known: readonly Known[],
  others: readonly Other[],
  join: (known: Known, other: Other) => Known,
): { joined: Known[]; rest: Other[] } {
  const rest = [...others];
  const joined = known.map((drive) => {
    const surest = rest.findIndex((other) => serialOf(drive) !== undefined && serialOf(drive) === serialOf(other));
    const at = surest < 0 ? rest.findIndex((other) => isSameDrive(drive, other)) : surest;
    const [other] = at < 0 ? [] : rest.splice(at, 1);
    return other === undefined ? drive : join(drive, other);
  });
  return { joined, rest };
}

/**
 * Two tools speak of one drive: by serial number, else by World Wide Name. Seagate's SAS drives have eight characters of a serial number, which some tools
 * print alone and others with twelve of the board behind them.
 */
export function isSameDrive(a: NamedDrive, b: NamedDrive): boolean {
  const [one, other] = [serialOf(a), serialOf(b)];
  if (one !== undefined && other !== undefined) {
    const [short = '', long = ''] = [one, other].sort((left, right) => left.length - right.length);
    return short === long || (short.length === SEAGATE_SHORT && long.length === SEAGATE_LONG && long.startsWith(short));
  }
  const wwn = a.wwn?.toLowerCase();
  return wwn !== undefined && wwn === b.wwn?.toLowerCase();
}

const SEAGATE_SHORT = 8;
const SEAGATE_LONG = 20;

function serialOf({ serial }: NamedDrive): string | undefined {
  return serial?.trim().toUpperCase() || undefined;
}
