import { reportsUp } from '../../domain/pool/profile.ts';
import type { BootHistory } from './boot-history.ts';

export const LOOP_GUARD = { mostScripts: 5, withinMinutes: 15 } as const;

/**
 * How many scripts a machine was given lately without coming up. Of what cannot report it is not known, so that it does not count; nor do those
 * of a time that is yet to come: the head's clock was wrong then, and nobody would be held until it is that late.
 */
export function scriptsWithoutUp({ scripts }: BootHistory, nowMs: number): number {
  const since = nowMs - LOOP_GUARD.withinMinutes * 60_000;
  return scripts.filter(({ atMs, kind }) => atMs > since && atMs <= nowMs && reportsUp(kind)).length;
}

/** Whether a machine goes round in circles and must be held. */
export function isInLoop(history: BootHistory, nowMs: number): boolean {
  return scriptsWithoutUp(history, nowMs) > LOOP_GUARD.mostScripts;
}
