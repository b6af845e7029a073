import { HEAD_PLACES } from '../domain/pool/head-places.ts';
import { askedHead, type HeadOptionsDeps } from './asked-head.ts';

/** What nodes of the head on this machine run; none where no head is on. */
export async function runningNodes(environment: HeadOptionsDeps['environment']): Promise<{ name: string; runs: string }[]> {
  const { isListening } = await import('../platform/network/socket-path.ts');
  if (!(await isListening(HEAD_PLACES.socket))) return [];
  const { nodes } = await (await askedHead({ socket: HEAD_PLACES.socket }, { environment })).nodes();
  return nodes.flatMap(({ name, seen }) => (seen?.runs === undefined ? [] : [{ name, runs: seen.runs }]));
}
