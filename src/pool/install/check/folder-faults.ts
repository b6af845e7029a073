import { ReconError } from '../../../domain/errors.ts';
import { subnetSet } from '../../../domain/ip-address.ts';
import type { InterfaceFacts } from '../../../platform/network/interfaces.ts';
import { poolFromFiles } from '../../folder/parse-folder.ts';
import { networkOn } from '../../head/head-segment.ts';
import { firstPool, isUnbegun } from '../text/first-pool.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import type { HeadFault } from './head-fault.ts';

interface FolderAsked {
  plan: HeadPlan;
  interfaces: readonly Pick<InterfaceFacts, 'name' | 'addresses'>[];
  /** a revision was accepted before: it serves while the folder is broken */
  isKept: boolean;
}

/** More are told by `recon pool check`. */
const MOST_TOLD = 3;

/** What a folder says with which no head starts. One that is empty, or half begun, is begun by an install. Pure. */
export function folderFaults(files: ReadonlyMap<string, string>, { plan, interfaces, isKept }: FolderAsked): HeadFault[] {
  if (isUnbegun(files, firstPool(plan))) return [];
  const outcome = poolFromFiles(files);
  if (outcome.outcome === 'wrong') {
    const meanwhile = isKept ? 'the last good revision serves until it is mended' : 'without one that was ever valid no head starts';
    const weight = isKept ? 'warns' : 'stops';
    return outcome.mistakes.slice(0, MOST_TOLD).map(({ file, line, message, hint }) => ({
      ...{ code: 'pool' as const, weight, message: `The pool is broken, ${file} line ${line}: ${message}; ${meanwhile}.` },
      hint: hint ?? 'Mend it; recon pool check says all that is wrong.',
    }));
  }
  const stop = (message: string, hint: string): HeadFault[] => [{ code: 'pool', message, hint, weight: 'stops' }];
  try {
    const { network } = networkOn(outcome.pool, plan.private);
    const inside = subnetSet([network.subnet]);
    const has = interfaces.find(({ name }) => name === plan.private)?.addresses.find(({ address }) => inside.contains(address));
    const address = has?.address ?? plan.address;
    const [owner] = [...outcome.pool.nodes].find(([, node]) => node.address === address) ?? [];
    return owner === undefined
      ? []
      : stop(`${address} is the head's own address, and in the pool that of ${owner}.`, `Give ${owner} another one.`);
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    const how = `Write one with interface: ${plan.private} into pool.yaml, or change that of the one that is meant.`;
    return stop(`No head can start: ${error.message}.`, [error.hint, how].filter((part) => part !== undefined).join(' '));
  }
}
