import { DISK_WORDS } from '../hardware/boot-sector.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { assign } from './boot-nodes.ts';
import { findUnsaid } from './controls.ts';
import type { PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

export const BOOTS_DISK = new RegExp(DISK_WORDS);

/** What iPXE itself makes of the scripts of the kinds that boot no image: profile, and what the serial port must say, in order. */
const WORDS: readonly (readonly [profile: string, ...patterns: RegExp[]])[] = [
  ['local-disk', /Recon: node-000 boots local-disk/, BOOTS_DISK],
  ['hold', /Recon: node-000 is held and does not boot by itself/, /choose what it boots, or let it go on/],
  ['menu', /Rack 4 - node-000/, /Recon: node-000 boots local-disk/, BOOTS_DISK],
  ['script', /Recon: node-000 boots site/, /words of the site's own script/],
  ['iso', /Recon: node-000 boots cd/, /iPXE initialising devices/],
  ['linux', /Recon: node-000 boots plain/, /Linux version \S+/],
];
/** The pool's names of the kinds above. */
export const PROFILE_OF: Readonly<Record<string, string>> = { iso: 'cd', linux: 'plain', menu: 'rack', script: 'site' };

/** Findings: a script that iPXE does not run as it is meant. The node is on, and is reset for each. */
export async function findLoaderTrouble(
  lab: PoolLab,
  node: PoolLabNode,
  vm: VirtualMachine,
  say: (text: string) => void,
): Promise<string[]> {
  const findings: string[] = [];
  for (const [kind, ...patterns] of WORDS) {
    await assign(lab, node.name, PROFILE_OF[kind] ?? kind);
    const from = vm.console.length;
    for (const [index, pattern] of patterns.entries()) findings.push(...(await findUnsaid(vm, pattern, index === 0 ? 'reset' : from)));
    say(`${kind}: ${findings.length === 0 ? 'as meant' : 'not as meant'}`);
  }
  return findings;
}
