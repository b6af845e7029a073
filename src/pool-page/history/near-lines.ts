/** So many lines around a change say where it is. */
const AROUND = 2;

/** The lines of a diff that changed, with a few around; what is left out between them is one line of dots. */
export function nearLines(lines: readonly string[]): string[] {
  const isNear = lines.map(() => false);
  for (const [at, line] of lines.entries())
    if (!line.startsWith(' ')) isNear.fill(true, Math.max(0, at - AROUND), Math.min(lines.length, at + AROUND + 1));
  return lines.flatMap((line, at) =>
    isNear[at] === true ? [line] : at > 0 && isNear[at - 1] === true && isNear.includes(true, at) ? [' …'] : [],
  );
}
