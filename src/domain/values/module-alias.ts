/** A line of modules.alias (depmod(8)) without its first word. */
export interface ModuleAlias {
  /** `pci:v00001657d00000022sv*sd*bc02sc00i*` */
  pattern: string;
  module: string;
}

/** Reads `pattern module` lines; others are passed over. Pure. */
export function parseModuleAliases(text: string): ModuleAlias[] {
  return [...text.matchAll(/^(\S+:\S+) (\S+)$/gm)].map(([, pattern = '', module = '']) => ({ pattern, module }));
}

/**
 * The aliases that fit a device by the name that the kernel has for it (`modalias` in /sys). Of a shell's signs these patterns have the star alone
 * (kernel, scripts/mod/file2alias.c). Pure.
 */
export function fittingAliases(aliases: readonly ModuleAlias[], modalias: string): ModuleAlias[] {
  return aliases.filter(({ pattern }) => fits(pattern, modalias));
}

/** Without a regular expression for each pattern, nor a split of one that begins otherwise: a machine has hundreds of devices, the table thousands of lines. */
function fits(pattern: string, modalias: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === modalias;
  if (!modalias.startsWith(pattern.slice(0, star))) return false;
  const parts = pattern.slice(star + 1).split('*');
  const last = parts.pop() ?? '';
  let at = star;
  for (const part of parts) {
    const found = modalias.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return modalias.length - last.length >= at && modalias.endsWith(last);
}
