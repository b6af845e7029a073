import { ownSubnets } from '../domain/network.ts';
import { DEFAULT_NETWORK_SETTINGS, type NetworkSettings } from '../domain/network-settings.ts';
import { isGuestAddress } from '../domain/segment-range.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { type GuardEvent, type GuardOptions, startGuard } from '../master/guard/guard.ts';
import { policyOf } from '../master/guard/policy.ts';
import type { Master } from '../master/master.ts';
import type { Log } from '../platform/log.ts';
import { afterListening } from './join/after-listening.ts';
import { keepSegments } from './segments/segments.ts';

/** The guard and the segments that it lets be served. */
export interface ServedNetworks {
  /** on a person's word: forgets why interfaces are refused, listens to them anew, and gives their names */
  lookAgain(): string[];
  /** what waited for whether this machine becomes a peer: it does not */
  serveHeld(): void;
  /** first: ends every probe and capture; the master goes on answering */
  stopGuard(): Promise<void>;
  /** last, after the master has stopped: takes our addresses off */
  dropAddresses(): Promise<void>;
}

/**
 * Listens on every interface, has the master serve those that may be served, and has it stop when that changes.
 * `timing`: other times than the guard's own, for tests.
 */
export async function serveNetworks(options: {
  master: Pick<Master, 'addSegment' | 'stopSegment' | 'knowsMachine'>;
  /** file in which the numbers of the subnets outlive a restart of the service */
  numbersFile: string;
  settings?: NetworkSettings;
  /** where records go */
  storage?: 'stick' | 'ram';
  /** whether this machine is about to become the peer of another one */
  isLeaving?: () => boolean;
  /** recon.yaml says which subnet: then no other is taken by itself */
  isSubnetChosen?: boolean;
  timing?: Pick<GuardOptions, 'probeMs' | 'reprobeMs' | 'pollMs'>;
  log: Log;
  onState: (event: GuardEvent) => void;
}): Promise<ServedNetworks> {
  const { master, numbersFile, settings = DEFAULT_NETWORK_SETTINGS, timing = {}, isSubnetChosen = false, log, onState } = options;
  const segments = await keepSegments({ master, numbersFile, settings, isSubnetChosen, log });
  const held = afterListening(segments.note, options.isLeaving ?? (() => false));
  const { note } = options.storage === 'ram' ? held : segments;
  const guard = await startGuard({
    ...timing,
    ...definedOnly({ interfaces: settings.interfaces, vlan: settings.vlan, storage: options.storage }),
    policy: policyOf(settings),
    serves: settings.mode !== 'look-only',
    ownSubnets: ownSubnets(settings),
    isOurs: (mac, address) => master.knowsMachine(mac) || isGuestAddress(address, settings),
    ...(settings.mode === 'proxy-dhcp' ? {} : { ranges: segments.ranges }),
    log,
    onState: (event) => {
      onState(event);
      note(event.interface, event.state);
    },
  });
  const lookAgain = (): string[] => {
    const names = [...guard.states()].filter(([, { state }]) => state === 'refused').map(([name]) => name);
    for (const name of names) guard.probeAgain(name);
    if (names.length > 0) log.info(`somebody wants ${names.join(', ')} to be looked at again`);
    return names;
  };
  return { lookAgain, serveHeld: held.release, stopGuard: guard.stop, dropAddresses: segments.close };
}
