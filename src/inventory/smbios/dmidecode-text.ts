/** One structure of the SMBIOS table as dmidecode prints it. */
export interface DmiRecord {
  /** `0x0011`; not unique: some firmware repeats handles */
  handle: string;
  type: number;
  title: string;
  /** values as printed; the first of two equal keys wins */
  fields: ReadonlyMap<string, string>;
}

/**
 * Reads the text of `dmidecode`, whole or sliced by `-t`. Notices between and inside the structures are skipped; a structure
 * that stands there twice with the same content (whole tables do, on some boards) is given once. Never throws: a text that
 * was cut off gives what it holds.
 */
export function parseDmidecode(text: string): DmiRecord[] {
  const records: DmiRecord[] = [];
  const seen = new Set<string>();
  for (const printed of text.split(/^(?=Handle 0x)/m)) {
    const block = asSince27(printed);
    const header = /^Handle (0x[0-9A-Fa-f]+), DMI type (\d+)(?:, \d+ bytes)?/.exec(block);
    if (header === null) continue;
    const lines = bodyLines(block);
    const content = [header[0], ...lines].join('\n');
    if (seen.has(content)) continue;
    seen.add(content);
    records.push({ handle: (header[1] ?? '').toLowerCase(), type: Number(header[2]), ...readBody(lines) });
  }
  return records;
}

/** Up to 2.6 dmidecode broke the line behind the handle, and indented all that follows by one more. */
function asSince27(block: string): string {
  const [whole, handle, type] = /^(Handle 0x[0-9A-Fa-f]+)\n\s+(DMI type \d+, \d+ bytes)\.?(?=\n|$)/.exec(block) ?? [];
  if (whole === undefined) return block;
  return `${handle}, ${type}${block.slice(whole.length).replaceAll(/\n(\t| {8})/g, '\n')}`;
}

/** The structures of one SMBIOS type, in table order. */
export function recordsOfType(records: readonly DmiRecord[], type: number): DmiRecord[] {
  return records.filter((record) => record.type === type);
}

/** Up to the empty line that ends a structure; unindented lines after the title are notices of dmidecode. */
function bodyLines(block: string): string[] {
  const lines = block.split('\n').slice(1);
  const end = lines.findIndex((line) => line.trim() === '');
  const body = end < 0 ? lines : lines.slice(0, end);
  return body.filter((line, at) => /^\s/.test(line) || (at === 0 && !line.startsWith('#')));
}

function readBody(lines: readonly string[]): { title: string; fields: Map<string, string> } {
  const fields = new Map<string, string>();
  let title = '';
  for (const line of lines) {
    const level = indentLevel(line);
    if (level === 0) title = line.trim();
    const field = level === 1 ? /^\s*([^:]+):(?:\s(.*))?$/.exec(line) : null;
    const key = field?.[1]?.trim();
    if (key !== undefined && !fields.has(key)) fields.set(key, (field?.[2] ?? '').trim());
  }
  return { title, fields };
}

/** Tabs, or eight blanks for each where somebody's copy turned them into blanks. */
function indentLevel(line: string): number {
  const width = (/^\s*/.exec(line)?.[0] ?? '').replaceAll('\t', '        ').length;
  return width === 0 ? 0 : width < 12 ? 1 : 2;
}
