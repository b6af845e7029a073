import type { IdentityKey } from '../../domain/record/identity.ts';
import type { VisitSetting } from '../../domain/site-settings.ts';
import type { VisitPlace } from '../../domain/visit/visit-start.ts';
import { sameMachine } from '../../judge/identity/same-machine.ts';
import { judgeValue } from '../../judge/identity/usable-value.ts';
import type { KnownVisit } from '../../records/visit-log.ts';

/** A visit that runs past midnight goes on after a power cut: so long it may have been silent. */
const NIGHT_MS = 6 * 60 * 60 * 1000;

/** What a boot knows when it has to say which visit it is of. */
export interface VisitQuestion {
  /** the visit that an earlier run of the service in this same boot was of */
  ofThisBoot: string | undefined;
  /** `visit` of recon.yaml */
  setting: VisitSetting | undefined;
  now: Date;
  /** when the image was built: no true clock is before */
  builtAt: Date;
  place: VisitPlace;
  /** the oldest first */
  visits: readonly KnownVisit[];
  /** what tells the machines apart that have a record of the last visit */
  machines: readonly (readonly IdentityKey[])[];
}

export type VisitDecision =
  | { decision: 'go-on'; visit: KnownVisit; reason: 'same-boot' | 'setting' | 'same-machine' | 'machine-of-visit' }
  | {
      decision: 'begin';
      reason: 'first' | 'hidden' | 'clock-unset' | 'day-unknown' | 'other-day' | 'other-site' | 'portable' | 'other-machine';
    };

/**
 * Whether a boot of the stick goes on with its last visit. Pure. In doubt a new one begins: then machines are inventoried once more, and
 * nothing is lost, whereas a visit that goes on by mistake takes the machines of another day or another hall for done.
 */
export function decideVisit({ ofThisBoot, setting, now, builtAt, place, visits, machines }: VisitQuestion): VisitDecision {
  const own = visits.find(({ start }) => start.id === ofThisBoot);
  if (own !== undefined) return { decision: 'go-on', visit: own, reason: 'same-boot' };
  const last = visits.at(-1);
  if (last === undefined) return { decision: 'begin', reason: 'first' };
  if (setting === 'continue') return { decision: 'go-on', visit: last, reason: 'setting' };
  if (last.places.some(({ isHidden }) => isHidden === true)) return { decision: 'begin', reason: 'hidden' };
  if (!isDayKnown(now, builtAt)) return { decision: 'begin', reason: 'clock-unset' };
  if (!last.start.isDayKnown) return { decision: 'begin', reason: 'day-unknown' };
  if (!isSameDay(last, now)) return { decision: 'begin', reason: 'other-day' };
  if (isOtherSite(last, place)) return { decision: 'begin', reason: 'other-site' };
  // the same machine, and maybe the next hall
  if (place.isPortable === true) return { decision: 'begin', reason: 'portable' };
  const keys = placeKeys(place);
  const isSame = (others: readonly IdentityKey[]): boolean => sameMachine(keys, others).verdict === 'same';
  if (last.places.some((one) => isSame(placeKeys(one)))) return { decision: 'go-on', visit: last, reason: 'same-machine' };
  if (machines.some(isSame)) return { decision: 'go-on', visit: last, reason: 'machine-of-visit' };
  return { decision: 'begin', reason: 'other-machine' };
}

/** Hardware clocks that are set to local time are behind by up to half a day, and the image may have been built this morning. */
const ZONES_MS = 24 * 60 * 60 * 1000;

/** A clock that is before the build of the image was never set: its battery is empty, or it starts in 1970. */
export function isDayKnown(now: Date, builtAt: Date): boolean {
  return now.getTime() >= builtAt.getTime() - ZONES_MS;
}

/** The day on which it began, in UTC, or the night after. */
function isSameDay({ start, lastAt }: KnownVisit, now: Date): boolean {
  return now.toISOString().slice(0, 10) === start.begunAt.slice(0, 10) || Math.abs(now.getTime() - Date.parse(lastAt)) < NIGHT_MS;
}

/** A person who writes another name into recon.yaml is somewhere else. The latest name counts, and no name says nothing. */
function isOtherSite({ places }: KnownVisit, { site }: VisitPlace): boolean {
  const before = places.findLast((one) => one.site !== undefined)?.site;
  return site !== undefined && before !== undefined && site !== before;
}

/** What tells the machine that boots the stick from others; values that whole product lines share are none. */
function placeKeys({ uuid, serial, macs }: VisitPlace): IdentityKey[] {
  const key = (kind: 'uuid' | 'serial' | 'nic', raw: string | undefined): IdentityKey[] => {
    const judged = judgeValue(kind, raw);
    return judged !== undefined && 'value' in judged ? [{ kind, value: judged.value }] : [];
  };
  return [...key('uuid', uuid), ...key('serial', serial), ...macs.flatMap((mac) => key('nic', mac))];
}
