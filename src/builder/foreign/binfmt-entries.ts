import type { Architecture } from '../../domain/values/architecture.ts';

/** ELF's number of the machine (elf(5), `e_machine`), as its two bytes stand in a file. */
const ELF_MACHINE: Readonly<Record<Architecture, string>> = { x86_64: '3e00', arm64: 'b700' };
/** `\x7fELF`, 64 bits, the lower byte first. */
const ELF64 = '7f454c460201';
/** Of the machine in the header, in hexadecimal digits. */
const MACHINE_AT = 18 * 2;

/**
 * Why no program of an architecture runs in a root of its own, by the texts of /proc/sys/fs/binfmt_misc (docs.kernel.org, admin-guide/binfmt-misc);
 * undefined: it does. The interpreter has to be held open (flag F), because a changed root has it nowhere. Pure.
 */
export function interpreterFault(entries: readonly string[], architecture: Architecture): string | undefined {
  const theirs = entries.filter((text) => isOf(text, architecture));
  if (theirs.length === 0) return `no interpreter for programs of ${architecture} is known to the kernel`;
  const enabled = theirs.filter((text) => /^enabled$/m.test(text));
  if (enabled.length === 0) return `the interpreter for programs of ${architecture} is switched off`;
  if (enabled.some((text) => /^flags: \S*F/m.test(text))) return undefined;
  return `the interpreter for programs of ${architecture} is looked for in the root that is built (flag F is missing)`;
}

function isOf(text: string, architecture: Architecture): boolean {
  const magic = /^magic ([0-9a-f]+)$/m.exec(text)?.[1] ?? '';
  return magic.startsWith(ELF64) && magic.slice(MACHINE_AT, MACHINE_AT + 4) === ELF_MACHINE[architecture];
}
