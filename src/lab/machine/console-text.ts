/** One line of a machine's serial console with the host's time at which it was complete. */
export interface ConsoleLine {
  atMs: number;
  text: string;
}

/** Removes what terminals understand and people do not: escape sequences, carriage returns, bells. ECMA-48, section 5.4. */
export function withoutEscapes(line: string): string {
  return line
    .replaceAll(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replaceAll(/\u001b\][^\u0007\u001b]*(\u0007|\u001b\\)?/g, '')
    .replaceAll(/\u001b[()#%][ -~]|\u001b[ -~]/g, '')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trimEnd();
}

/** The last lines that say something, for an error message. */
export function lastConsoleLines(lines: readonly ConsoleLine[], count: number): string {
  const said = lines.filter((line) => line.text.trim() !== '').slice(-count);
  return said.length === 0 ? '(its console is empty)' : said.map((line) => `    ${line.text.slice(0, 200)}`).join('\n');
}
