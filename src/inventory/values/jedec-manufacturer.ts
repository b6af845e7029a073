/**
 * The maker behind a manufacturer field that holds a JEDEC JEP-106 number instead of a name. Firmware writes bank and number in
 * either order, with or without parity, and some write module and DRAM maker together (`00AD00B300AD`: the last pair is
 * the DRAM's). Undefined when the text is no such number or the number is not in the table.
 */
export function jedecManufacturer(raw: string): string | undefined {
  const digits = raw.toLowerCase().replace(/^0x/, '');
  if (!/^[0-9a-f]{4}([0-9a-f]{2})*$/.test(digits)) return undefined;
  const first = digits.slice(0, 4);
  const candidates = digits.length === 12 ? [digits.slice(8), first] : [first];
  for (const pair of candidates) {
    const name = MAKERS[pair] ?? MAKERS[pair.slice(2) + pair.slice(0, 2)];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Continuation bank and number, both with the parity bit where it applies and without. */
const MAKERS: Readonly<Record<string, string>> = {
  '00ce': 'Samsung',
  '80ce': 'Samsung',
  '00ad': 'SK hynix',
  '80ad': 'SK hynix',
  '002c': 'Micron',
  '802c': 'Micron',
  '0198': 'Kingston',
  '02fe': 'Elpida',
  '030b': 'Nanya',
  '830b': 'Nanya',
  '0443': 'Ramaxel',
};
