import { messageOf } from '../../domain/values/message-of.ts';
import type { Link } from '../../platform/network/interfaces.ts';
import { guardRound, type Next } from './link-round.ts';
import { objectionReason } from './reasons.ts';
import type { GuardedLinkOptions, LinkState } from './round.ts';
import { wait } from './wait.ts';

/** One interface under guard: it is probed, then watched, and all starts over when the link changes. */
export interface GuardedLink {
  linkChanged(link: Link): void;
  /** forgets a refusal and probes anew; only on a person's word */
  probeAgain(): void;
  stop(): Promise<void>;
}

/** Starts guarding an interface. Every failure on the way is a refusal, tried again after `reprobeMs`. */
export function startGuardedLink(options: GuardedLinkOptions): GuardedLink {
  const state: LinkState = { link: undefined, isHeld: false, namedLosses: undefined, noted: new Set() };
  let round = new AbortController();
  let stopped = false;
  let done = guardRounds(options, state, round.signal);

  const restart = (): void => {
    if (stopped) return;
    round.abort();
    round = new AbortController();
    const { signal } = round;
    done = done.then(() => guardRounds(options, state, signal));
  };
  return {
    linkChanged: (now) => {
      options.flaps.note(now.carrierChanges, performance.now());
      const { link, isHeld } = state;
      if (isHeld || link === undefined) return;
      if (now.carrierChanges === link.carrierChanges && now.hasCarrier === link.hasCarrier) return;
      state.link = now;
      // it may be another network
      delete state.rivalNetworks;
      restart();
    },
    probeAgain: () => {
      state.isHeld = false;
      restart();
    },
    stop: async () => {
      stopped = true;
      round.abort();
      await done;
    },
  };
}

/** How often a link that came and went is asked whether it holds now. */
const STEADY_POLL_MS = 2000;
/** From the end of our listening to the end of the other's, which began within it, with its address set and dnsmasq started. */
const RIVAL_BEGINS_MS = 5000;

/** One round after the other, until there is nothing to do before the link changes. */
async function guardRounds(options: GuardedLinkOptions, state: LinkState, signal: AbortSignal): Promise<void> {
  const pauseMs: Partial<Record<Next, number>> = {
    ...{ later: options.reprobeMs, soon: STEADY_POLL_MS },
    shortly: Math.min(options.reprobeMs, RIVAL_BEGINS_MS),
  };
  while (!signal.aborted && !state.isHeld) {
    const next = await guardRound({ options, state, signal }).catch((error: unknown): Next => {
      const reason = objectionReason(options.name, { code: 'probe-failed', why: messageOf(error) });
      if (!signal.aborted) options.onState({ state: 'refused', reasons: [reason] });
      return 'later';
    });
    if (next === 'done') return;
    const ms = pauseMs[next];
    if (ms !== undefined) await wait(ms, signal);
  }
}
