import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { type InterfaceFacts, keepSilent, type Link, listInterfaces, setUp } from '../../platform/network/interfaces.ts';
import { sendFrames } from '../../platform/network/packets-send.ts';
import { isIntruder } from './beside-server.ts';
import { type Evidence, noteOf, type OwnAddresses, SERVER_CODES } from './classify.ts';
import { decide, refusalsFromFacts, type ServingDecision } from './decide.ts';
import type { Frame } from './frame.ts';
import type { LinkFlaps } from './link-flaps.ts';
import { look } from './look.ts';
import { type Observation, observe } from './observe.ts';
import type { Policy } from './policy.ts';
import { buildProbes } from './probes.ts';
import { objectionReason } from './reasons.ts';
import type { SharedSegments } from './shared-segments.ts';
import { wait } from './wait.ts';
import { watch } from './watch.ts';
import { captureFilter, openWire } from './wire.ts';

/**
 * What is known of one interface. Serve exactly while it is `quiet`, or `beside-server` where ProxyDHCP is wanted.
 * `gone` with `renamedTo`: it has another name now, under which it is looked at anew.
 */
export type SegmentState = ServingDecision | { state: 'looking' } | { state: 'gone'; renamedTo?: string };

export interface GuardedLinkOptions {
  name: string;
  probeId: number;
  lookMs: number;
  reprobeMs: number;
  ownSubnets: readonly string[];
  policy: Policy;
  flaps: LinkFlaps;
  surroundings: () => OwnAddresses;
  /** the interface of ours that sends probes with that mark */
  ownerOf: (probeId: number) => string | undefined;
  shared: SharedSegments;
  onState: (state: SegmentState) => void;
  log: Log;
}

/** One interface under guard: it looks, then watches, and starts over when the link changes. */
export interface GuardedLink {
  linkChanged(link: Link): void;
  /** forgets a refusal and looks anew; only on a person's word */
  lookAgain(): void;
  stop(): Promise<void>;
}

/** Starts guarding an interface. Every failure on the way is a refusal, tried again after `reprobeMs`. */
export function startGuardedLink(options: GuardedLinkOptions): GuardedLink {
  const { name, log } = options;
  let round = new AbortController();
  let link: Link | undefined;
  const noted = new Set<string>();
  let held = false;
  let stopped = false;
  /** the number that the person was told; the same state with another number would be told again and again */
  let namedLosses: number | undefined;
  let done = run(round.signal, Promise.resolve());

  function restart(): void {
    if (stopped) return;
    round.abort();
    round = new AbortController();
    done = run(round.signal, done);
  }

  async function run(signal: AbortSignal, before: Promise<void>): Promise<void> {
    await before;
    while (!signal.aborted && !held) {
      const next = await lookAndWatch(signal).catch((error: unknown): Next => {
        const why = messageOf(error);
        if (!signal.aborted) options.onState({ state: 'refused', reasons: [objectionReason(name, { code: 'look-failed', why })] });
        return 'later';
      });
      if (next === 'done') return;
      if (next === 'later') await wait(options.reprobeMs, signal);
      if (next === 'soon') await wait(STEADY_POLL_MS, signal);
    }
  }

  async function lookAndWatch(signal: AbortSignal): Promise<Next> {
    const before = await factsOf(name);
    link = before;
    options.flaps.note(before.carrierChanges, performance.now());
    const losses = options.flaps.wentAway(performance.now());
    if (losses !== undefined && !signal.aborted) {
      options.onState({ state: 'refused', reasons: [objectionReason(name, { code: 'link-flaps', losses: namedLosses ?? losses })] });
      namedLosses ??= losses;
      return 'soon';
    }
    namedLosses = undefined;
    const known = refusalsFromFacts(before, options.surroundings().ownSubnets);
    if (signal.aborted) return 'done';
    if (known.length > 0) {
      options.onState({ state: 'refused', reasons: known });
      return 'done';
    }
    await keepSilent(name);
    await setUp(name);
    const facts = await factsOf(name);
    link = facts;
    if (signal.aborted) return 'done';
    if (!facts.hasCarrier) {
      options.onState({ state: 'no-link' });
      return 'done';
    }
    options.shared.forget(name);
    options.onState({ state: 'looking' });
    await using wire = await openWire(name, captureFilter(facts.mac, options.ownSubnets));
    const tools = { sendProbes: () => sendFrames(name, buildProbes(options.probeId, askedAddress(options.policy))), observe: see, signal };
    const result = await look(wire, { ...tools, lookMs: options.lookMs, isEnough });
    const after = await factsOf(name);
    if (signal.aborted) return 'done';
    if (after.carrierChanges !== facts.carrierChanges) return 'again';
    const first = options.shared.firstOn(name);
    if (first !== undefined && result.outcome === 'looked') result.evidence.push({ code: 'same-segment', otherInterface: first });
    const verdict = decide(after, options.surroundings().ownSubnets, result, options.policy);
    options.onState(verdict);
    if (verdict.state !== 'quiet' && verdict.state !== 'beside-server') return isWorthAnotherTry(verdict) ? 'later' : 'done';
    const { end, ...blind } = await watch(wire, {
      ...tools,
      interface: name,
      reprobeMs: options.reprobeMs,
      isIntruder: verdict.state === 'quiet' ? ({ code }) => SERVER_CODES.has(code) : (evidence) => isIntruder(evidence, verdict.server),
      refusals: async () => refusalsFromFacts(await factsOf(name), options.surroundings().ownSubnets),
      onForeign: (reasons) => {
        held = true;
        options.onState({ state: 'refused', reasons: reasons.map((reason) => ({ ...reason, hint: HELD_HINT })) });
      },
      log,
    });
    if ('why' in blind && !signal.aborted) log.warn(`${name}: stopped serving, looking again: ${blind.why}`);
    return end === 'blind' ? 'again' : 'done';
  }

  /** beside another server the whole time is needed, because there may be a second one */
  function isEnough({ code }: Evidence): boolean {
    return options.policy.wanted === 'quiet' && SERVER_CODES.has(code) && code !== 'router-advertisement';
  }

  function see(frame: Frame): Observation | undefined {
    const note = noteOf(frame);
    if (note !== undefined && !noted.has(note)) {
      noted.add(note);
      log.info(`${name}: a switch announces itself (${note.toUpperCase()})`);
    }
    const seen = observe(frame, options);
    if (seen?.kind === 'shared') options.shared.add(name, seen.otherInterface);
    return seen;
  }

  return {
    linkChanged: (now) => {
      options.flaps.note(now.carrierChanges, performance.now());
      if (held || link === undefined) return;
      if (now.carrierChanges !== link.carrierChanges || now.hasCarrier !== link.hasCarrier) {
        link = now;
        restart();
      }
    },
    lookAgain: () => {
      held = false;
      restart();
    },
    stop: async () => {
      stopped = true;
      round.abort();
      await done;
    },
  };
}

type Next = 'done' | 'later' | 'soon' | 'again';

/** How often a link that came and went is asked whether it holds now. */
const STEADY_POLL_MS = 2000;

function askedAddress(policy: Policy): string | undefined {
  return policy.wanted === 'one-server' ? policy.address : undefined;
}

/** A server that came while we served may come back: nobody but a person knows when it is gone for good. */
const HELD_HINT = 'Take it off the segment, then restart this machine: here it does not begin again by itself.';

/** Only reasons that lie with us can pass without anybody touching the cable. */
function isWorthAnotherTry(verdict: ServingDecision): boolean {
  return verdict.state === 'refused' && verdict.reasons.every(({ code }) => code === 'look-failed' || code === 'same-segment');
}

async function factsOf(name: string): Promise<InterfaceFacts> {
  const facts = (await listInterfaces()).find((one) => one.name === name);
  if (facts === undefined) throw new ReconError('not-found', `there is no interface ${name} any more`);
  return facts;
}
