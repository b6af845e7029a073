/** One word of a GRUB script, whatever is in it (GRUB manual, "Quoting"): single quotes, and no line ends. */
export function grubWord(text: string): string {
  return `'${text.replaceAll(/[\x00-\x1f\x7f]+/g, ' ').replaceAll("'", String.raw`'\''`)}'`;
}

/** A line on the screen. */
export function grubLine(text: string): string {
  return `echo ${grubWord(`Recon: ${text}`)}`;
}

/** A file on our HTTP server, as GRUB names it; `host` may have a port. */
export function grubFile(host: string, path: string): string {
  return `(http,${host})${path}`;
}

/** Set by a script that leaves to the machine's own disk; the first configuration acts on it. */
export const LEAVES = ['set recon_leaves=y'];

export function grubScript(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
