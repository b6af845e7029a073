import type { MacAddress } from '../../domain/values/mac.ts';
import type { DhcpAnswer } from '../network/dhcp-message.ts';
import { parsePcap } from '../network/pcap.ts';
import { parseServedFrame } from '../network/served-frame.ts';

/**
 * Findings about the segment that has a DHCP server already: every frame by which somebody else served there, and that the
 * server itself was heard at all (a capture without it proves nothing).
 */
export function findForeignCompetition(capture: Uint8Array, server: MacAddress): string[] {
  const served = parsePcap(capture)
    .map((frame) => parseServedFrame(frame.bytes))
    .filter((frame) => frame !== undefined);
  const others = served.filter((frame) => frame.from !== server);
  const wasHeard = others.length < served.length;
  const counts = new Map<string, number>();
  for (const { kind, from } of others) counts.set(`${kind} from ${from}`, (counts.get(`${kind} from ${from}`) ?? 0) + 1);
  return [
    ...(wasHeard ? [] : ['the foreign DHCP server was never heard, so the capture of its segment proves nothing']),
    ...[...counts].map(([what, count]) => `${count} × ${what} on the foreign segment: somebody competes with its DHCP server`),
  ];
}

/** Findings about what an ordinary client got: an offer and an acknowledgement, both from the server that belongs there. */
export function findClientTrouble(client: string, answers: readonly DhcpAnswer[], serverAddress: string): string[] {
  const findings = answers
    .filter((answer) => answer.serverAddress !== serverAddress || answer.kind === 'nak')
    .map((answer) => `${client} got a DHCP ${answer.kind} from ${answer.serverAddress ?? 'a nameless server'}`);
  for (const kind of ['offer', 'ack'] as const) {
    if (!answers.some((answer) => answer.kind === kind)) findings.push(`${client} got no DHCP ${kind} from the server of its segment`);
  }
  return findings;
}
