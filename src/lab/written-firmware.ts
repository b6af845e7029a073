import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findSystemVariables } from './matrix/uefi/system-variables.ts';
import { parseVariableStore, type UefiVariable } from './matrix/uefi/variable-store.ts';

const SUFFIX = '.vars.fd';
/** of the choice of an accelerator, which boots nothing */
const PROBE = `probe${SUFFIX}`;
/** What decides whose signature counts (UEFI 2.10, 32.3): the same after a boot as in the firmware's file before it. */
const KEYS = ['PK', 'KEK', 'db', 'dbx'];

/**
 * Findings about the firmware of all machines with UEFI; no machine there is a finding, too. `make matrix` compares each variable instead.
 * `withKeys`: the file that machines with Secure Boot began with; a machine that has a platform key is compared with it.
 */
export async function findWrittenFirmware(workDir: string, withKeys?: string): Promise<string[]> {
  const names = (await readdir(workDir)).filter((name) => name.endsWith(SUFFIX) && name !== PROBE);
  if (names.length === 0) return ['no machine had UEFI: nothing is known of its variables'];
  const before = withKeys === undefined ? undefined : keysOf(parseVariableStore(await readFile(withKeys)));
  const findings: string[] = [];
  let withSecureBoot = 0;
  for (const name of names) {
    const variables = parseVariableStore(await readFile(join(workDir, name)));
    const machine = name.slice(0, -SUFFIX.length);
    findings.push(...(variables.size === 0 ? [`${machine}: its firmware has no variables`] : findSystemVariables(machine, variables)));
    const keys = keysOf(variables);
    if (before === undefined || !keys.has('PK')) continue;
    withSecureBoot += 1;
    for (const key of KEYS)
      if (keys.get(key)?.toString('hex') !== before.get(key)?.toString('hex')) findings.push(`${machine}: the keys in ${key} were changed`);
  }
  if (before !== undefined && withSecureBoot === 0) findings.push('no machine had Secure Boot: nothing is known of its keys');
  return findings;
}

function keysOf(variables: ReadonlyMap<string, UefiVariable>): Map<string, Buffer> {
  return new Map([...variables.values()].filter(({ name }) => KEYS.includes(name)).map(({ name, data }) => [name, data]));
}
