/**
 * The name of a PCI card (`1657:0014`) by the text of pci.ids (pciutils, its format in the file's own head): maker and device, as far as they stand there.
 * Undefined for a maker that nobody knows. Pure.
 */
export function cardName(pciIds: string, pciId: string): string | undefined {
  const [vendor = '', device = ''] = pciId.split(':');
  const start = lineAt(pciIds, `${vendor}  `, 0);
  if (start < 0) return undefined;
  const maker = restOfLine(pciIds, start + 6);
  // the next maker begins at the margin; below a device stand its subsystems, with two tabs
  const end = /\n[0-9a-fC]/.exec(pciIds.slice(start + 4));
  const block = pciIds.slice(start, end === null ? undefined : start + 4 + end.index);
  const at = lineAt(block, `\t${device}  `, 0);
  return at < 0 ? maker : `${maker} ${restOfLine(block, at + 7)}`;
}

/** Where a line begins with these letters; -1 when none does. */
function lineAt(text: string, begin: string, from: number): number {
  if (text.startsWith(begin, from)) return from;
  const found = text.indexOf(`\n${begin}`, from);
  return found < 0 ? -1 : found + 1;
}

function restOfLine(text: string, from: number): string {
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? undefined : end).trim();
}
