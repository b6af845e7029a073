import { PATHS } from '../../domain/api.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { ask } from '../../peer/http-answer.ts';
import { judgeMaster } from './judge-master.ts';
import type { PortLease } from './lease-text.ts';

/** The master that this machine is to be the peer of; or why there is none. */
export type FoundMaster = { masterUrl: string; words: string } | { why: string };

export interface FindMasterDeps {
  /** the lease of that port, as soon as there is one */
  leaseOf: (mac: MacAddress) => Promise<PortLease | undefined>;
  fetch: typeof globalThis.fetch;
  sleep: (durationMs: number) => Promise<void>;
  nowMs: () => number;
  /** of this image */
  version: string;
}

/** From the link, which a switch may hold back for a minute, to the lease. */
const LEASE_MS = 3 * 60_000;
const ANSWER_MS = 60_000;
const LOOK_MS = 1000;
const ONE_ANSWER_MS = 10_000;

/** Waits for a lease at this port, and asks who gave it whether it is a master that takes our record. */
export async function findMaster(mac: MacAddress, deps: FindMasterDeps): Promise<FoundMaster> {
  const lease = await within(LEASE_MS, deps, () => deps.leaseOf(mac));
  if (lease === undefined) return { why: `no address came at ${mac} within ${LEASE_MS / 60_000} minutes` };
  const masterUrl = `http://${lease.server}`;
  let silence = '';
  const verdict = await within(ANSWER_MS, deps, async () => {
    const answer = await ask(deps.fetch, { method: 'GET', url: `${masterUrl}${PATHS.about}`, timeoutMs: ONE_ANSWER_MS });
    const judged = judgeMaster(answer, deps.version);
    if (judged.kind !== 'silent') return judged;
    silence = judged.why;
    return undefined;
  });
  if (verdict === undefined) return { why: `${lease.server} gave ${lease.address}, but ${silence}` };
  if (verdict.kind === 'other') return { why: `${lease.server} gave ${lease.address}, but ${verdict.why}` };
  return { masterUrl, words: `the master is at ${lease.server}: ${verdict.words}` };
}

/** What is found until then, looked for again and again. */
async function within<T>(
  timeoutMs: number,
  { sleep, nowMs }: Pick<FindMasterDeps, 'sleep' | 'nowMs'>,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const endMs = nowMs() + timeoutMs; ; ) {
    const found = await find();
    if (found !== undefined || nowMs() >= endMs) return found;
    await sleep(LOOK_MS);
  }
}
