import { assign, resetNode } from './boot-nodes.ts';
import { findUnsaid } from './controls.ts';
import { BOOTS_DISK } from './loader-words.ts';
import { NEW_CARD, type PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

/**
 * Findings about a node whose card was replaced: it is not booted as the node before a person says so, the head says which node it looks like,
 * and from then on it has the node's address and no other.
 */
export async function findReplacedTrouble(lab: PoolLab, node: PoolLabNode, say: (text: string) => void): Promise<string[]> {
  const { failsafe } = lab.folder;
  await assign(lab, node.name, 'failsafe');
  const replaced = { ...node, mac: NEW_CARD };
  await using vm = await lab.powerOn(replaced, '-replaced');
  const findings = await findUnsaid(vm, BOOTS_DISK, 0);
  const offered = (await lab.head.newMachines()).find(({ mac }) => mac === NEW_CARD);
  if (offered?.given !== 'local-disk')
    findings.push(`a card that nobody knows was given ${offered?.given ?? 'nothing'}, and not local-disk`);
  if (offered?.looksLike !== node.name)
    findings.push(`the new card looks like ${offered?.looksLike ?? 'nobody'}, and not like ${node.name}`);
  say(`the head says that it looks like ${offered?.looksLike ?? 'nobody'}; its owner agrees`);
  await lab.head.change('POST', `/nodes/${node.name}/replace-nic`, { old: node.mac, new: NEW_CARD });
  const from = lab.head.said.length;
  findings.push(...(await resetNode(lab, replaced, vm, failsafe, say)));
  return [...findings, ...findStrayAddresses(lab.head.said.slice(from), replaced)];
}

/** Findings: addresses that a card was given and that are not its node's. @param said lines of the head. Pure. */
export function findStrayAddresses(said: readonly string[], { name, mac, address }: PoolLabNode): string[] {
  const given = said.flatMap((line) => new RegExp(`${mac} \\(.*\\) has (\\S+)`).exec(line)?.[1] ?? []);
  if (given.length === 0) return [`${name}: its new card asked for no address`];
  return given.filter((one) => one !== address).map((one) => `${name}: its new card has the stray address ${one}, and not ${address}`);
}
