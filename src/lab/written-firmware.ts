import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findSystemVariables } from './matrix/uefi/system-variables.ts';
import { parseVariableStore } from './matrix/uefi/variable-store.ts';

const SUFFIX = '.vars.fd';
/** of the choice of an accelerator, which boots nothing */
const PROBE = `probe${SUFFIX}`;

/** Findings about the firmware of all machines with UEFI; no machine there is a finding, too. `make matrix` compares each variable instead. */
export async function findWrittenFirmware(workDir: string): Promise<string[]> {
  const names = (await readdir(workDir)).filter((name) => name.endsWith(SUFFIX) && name !== PROBE);
  if (names.length === 0) return ['no machine had UEFI: nothing is known of its variables'];
  const findings: string[] = [];
  for (const name of names) {
    const variables = parseVariableStore(await readFile(join(workDir, name)));
    const machine = name.slice(0, -SUFFIX.length);
    findings.push(...(variables.size === 0 ? [`${machine}: its firmware has no variables`] : findSystemVariables(machine, variables)));
  }
  return findings;
}
