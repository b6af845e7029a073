import { setTimeout as delay } from 'node:timers/promises';
import { subnetSet } from '../../../domain/ip-address.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import type { Evidence } from '../../../master/guard/classify.ts';
import { type InterfaceAccess, interfaceAccess } from '../../../master/guard/interface-access.ts';
import { observe } from '../../../master/guard/observe.ts';
import { captureFilter } from '../../../master/guard/packets/packet-capture.ts';
import { buildProbes, probeIds } from '../../../master/guard/packets/probes.ts';
import { probeSegment } from '../../../master/guard/probe-segment.ts';
import { objectionReason } from '../../../master/guard/reasons.ts';
import { setDown } from '../../../platform/network/interfaces.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import type { HeadFault } from './head-fault.ts';

/** Long enough for three rounds of questions, the last after 5 s. */
const PROBE_MS = 6500;
/** A link comes up within this, or there is no cable. */
const LINK_MS = 4000;

/**
 * Who else serves on either side. The private side is asked as the head itself asks before it serves; an interface that was down is down again
 * afterwards. On the public side a DHCP server is as it should be: it is named, and nothing is ever served there.
 */
export async function serverFaults(
  plan: Pick<HeadPlan, 'private' | 'public' | 'subnet'>,
  ownMacs: readonly string[],
): Promise<HeadFault[]> {
  const [inside, outside] = await Promise.all([
    privateFaults(plan.private, plan.subnet, ownMacs),
    plan.public === undefined ? [] : publicNotes(plan.public, ownMacs),
  ]);
  return [...inside, ...outside];
}

async function privateFaults(name: string, subnet: string, ownMacs: readonly string[]): Promise<HeadFault[]> {
  const access = interfaceAccess(name);
  const before = await access.facts();
  const isRaised = !before.hasCarrier && before.addresses.length === 0;
  try {
    if (isRaised) await raise(access);
    if (!(await access.facts()).hasCarrier) {
      const hint = 'Plug it into the switch of the diskless machines; the head begins to serve by itself when it has a link.';
      return [{ code: 'interface', message: `${name} has no link: no cable, or the other end is off.`, hint, weight: 'note' }];
    }
    return (await evidenceOn(access, name, { subnet, ownMacs })).map((one) => {
      if (typeof one === 'string') return probeFault(name, one);
      const { sentence, hint } = objectionReason(name, one);
      return { code: 'foreign-server', message: sentence, hint, weight: 'stops' };
    });
  } catch (error) {
    return [probeFault(name, messageOf(error))];
  } finally {
    if (isRaised) await setDown(name).catch(() => {});
  }
}

async function publicNotes(name: string, ownMacs: readonly string[]): Promise<HeadFault[]> {
  const access = interfaceAccess(name);
  if (!(await access.facts()).hasCarrier) return [];
  const found = await evidenceOn(access, name, { ownMacs }).catch(() => []);
  const servers = found.flatMap((one) => (typeof one !== 'string' && one.code === 'foreign-dhcp-server' ? [one.address ?? one.mac] : []));
  return [...new Set(servers)].map((server) => ({
    code: 'foreign-server',
    message: `On ${name} the DHCP server ${server} answers, as it should be on the public side.`,
    hint: 'Nothing to do: nothing is served there.',
    weight: 'note',
  }));
}

async function raise(access: InterfaceAccess): Promise<void> {
  await access.setUpSilently();
  for (let waitedMs = 0; waitedMs < LINK_MS && !(await access.facts()).hasCarrier; waitedMs += 250) await delay(250);
}

/** What others say there; a text is why nothing could be heard. */
async function evidenceOn(
  access: InterfaceAccess,
  name: string,
  { subnet, ownMacs }: { subnet?: string; ownMacs: readonly string[] },
): Promise<(Evidence | string)[]> {
  const probeId = probeIds('looker')();
  const subnets = subnet === undefined ? [] : [subnet];
  const surroundings = { ownMacs: new Set(ownMacs), ownSubnets: subnetSet(subnets) };
  await using capture = await access.openCapture(captureFilter((await access.facts()).mac, subnets));
  const result = await probeSegment(capture, {
    probeMs: PROBE_MS,
    signal: new AbortController().signal,
    sendProbes: () => access.send(buildProbes(probeId)),
    observe: (frame) => observe(frame, { probeId, ownerOf: (id) => (id === probeId ? name : undefined), surroundings: () => surroundings }),
    isEnough: ({ code }) => code === 'foreign-dhcp-server',
  });
  if (result.outcome === 'failed') return [result.why];
  return result.evidence.filter((one): one is Evidence => EVIDENCE.has(one.code));
}

/** What a probe finds on the wire; other objections are facts of an interface. */
const EVIDENCE: ReadonlySet<string> = new Set([
  ...['foreign-dhcp-server', 'foreign-pxe-server', 'foreign-dhcp6-server', 'router-advertisement', 'tagged-frames', 'foreign-traffic'],
]);

function probeFault(name: string, why: string): HeadFault {
  return {
    code: 'probe-failed',
    message: `${name} could not be listened to: ${why}.`,
    hint: 'The head asks again by itself before it serves; until then nothing is served there.',
    weight: 'warns',
  };
}
