/** A setting that iPXE expands when it runs the script (ipxe.org/cfg). */
export function setting(name: string): string {
  return `\${${name}}`;
}

/** A script of these lines, for iPXE. */
export function scriptText(lines: readonly string[]): string {
  return `${['#!ipxe', ...lines].join('\n')}\n`;
}

/** Letters that mean nothing to iPXE's command line (its exec.c: `#` begins a comment, `;`, `&&` and `||` end a command, `${` a setting). */
const HARMLESS = /[^A-Za-z0-9 .,:/()@_+<>=*%-]/g;
const LONGEST = 200;

/** What a person or a machine wrote, as words for the screen: whatever it says, it stays words. */
export function screenWords(text: string): string {
  return text
    .replaceAll(/[\s\x00-\x1f\x7f]+/g, ' ')
    .replaceAll(HARMLESS, '')
    .trim()
    .slice(0, LONGEST);
}

/** A line on the machine's screen. */
export function screenLine(text: string): string {
  return `echo Recon: ${screenWords(text)}`;
}

/** netX is iPXE's alias of the network device that was opened last, which is the one it booted from (ipxe.org/cfg/netx). */
export const BOOT_MAC = setting('netX/mac:hexhyp');
