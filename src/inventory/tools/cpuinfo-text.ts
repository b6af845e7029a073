/** What /proc/cpuinfo says. Counts are missing where the architecture does not print them (ARM has no `physical id`). */
export interface Cpuinfo {
  /** fields of the first processor */
  first: ReadonlyMap<string, string>;
  threads?: number;
  sockets?: number;
  cores?: number;
}

/** Reads /proc/cpuinfo: one block of `key : value` lines per logical processor. */
export function parseCpuinfo(text: string): Cpuinfo {
  const processors = text
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('processor'));
  const first = processors[0] ?? new Map<string, string>();
  if (processors.length === 0) return { first };
  const sockets = new Set(processors.map((fields) => fields.get('physical id')).filter((id) => id !== undefined));
  const cores = new Set(
    processors.filter((fields) => fields.has('core id')).map((fields) => `${fields.get('physical id')}/${fields.get('core id')}`),
  );
  return {
    first,
    threads: processors.length,
    ...(sockets.size > 0 ? { sockets: sockets.size } : {}),
    ...(sockets.size > 0 && cores.size > 0 ? { cores: cores.size } : {}),
  };
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) fields.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return fields;
}
