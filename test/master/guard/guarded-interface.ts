import { subnetSet } from '../../../src/domain/ip-address.ts';
import { startGuardedLink } from '../../../src/master/guard/guarded-link.ts';
import { linkFlaps } from '../../../src/master/guard/link-flaps.ts';
import { decodeFrame, type Frame } from '../../../src/master/guard/packets/frame.ts';
import type { PacketCapture } from '../../../src/master/guard/packets/packet-capture.ts';
import type { GuardedLinkOptions } from '../../../src/master/guard/round.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';
import { silentLog } from '../../../src/platform/log.ts';
import type { InterfaceFacts } from '../../../src/platform/network/interfaces.ts';
import { dhcp, OWN_MAC } from './frames.ts';
import { until } from './until.ts';

const UP: InterfaceFacts = {
  name: 'eno1',
  index: 2,
  mac: OWN_MAC,
  hasCarrier: true,
  carrierChanges: 1,
  isEthernet: true,
  isPhysical: true,
  master: undefined,
  driver: 'igb',
  addresses: [],
  hasDefaultRoute: false,
};
export const FOREIGN_OFFER = dhcp('reply', { sourceAddress: '192.168.1.1' });
/** Nobody waits for this in a test. */
export const NEVER_MS = 3_600_000;

/** An interface in memory, on a segment that carries what is sent to whoever listens. */
function memoryInterface(facts: Partial<InterfaceFacts> = {}) {
  const did: string[] = [];
  const captures: { carry: (bytes: Uint8Array) => void; end: (why: string) => void; isOpen: boolean }[] = [];
  const link = { ...UP, ...facts };
  const openCapture = async (): Promise<PacketCapture> => {
    did.push('capture');
    let listener: ((frame: Frame) => void) | undefined;
    const ended = Promise.withResolvers<string>();
    const one = {
      isOpen: true,
      carry: (bytes: Uint8Array): void => {
        const frame = decodeFrame(bytes);
        if (frame !== undefined && one.isOpen) listener?.(frame);
      },
      end: ended.resolve,
    };
    captures.push(one);
    return {
      listen: (next) => {
        listener = next;
      },
      ended: ended.promise,
      [Symbol.asyncDispose]: async () => {
        one.isOpen = false;
      },
    };
  };
  const access = {
    facts: async () => ({ ...link }),
    setUpSilently: async () => void did.push('up'),
    openCapture,
    send: async (frames: readonly Uint8Array[]): Promise<void> => {
      for (const frame of frames) captures.at(-1)?.carry(frame);
    },
  };
  return { access, did, captures, link };
}

/** An interface under guard, and what was told of it. */
export function guarding(facts: Partial<InterfaceFacts> = {}, change: Partial<GuardedLinkOptions> = {}) {
  const memory = memoryInterface(facts);
  const told: SegmentState[] = [];
  const guarded = startGuardedLink({
    name: 'eno1',
    access: memory.access,
    probeId: 5,
    probeMs: 20,
    reprobeMs: NEVER_MS,
    ownSubnets: ['10.77.0.0/16'],
    policy: { wanted: 'quiet' },
    flaps: linkFlaps(),
    surroundings: () => ({ ownMacs: new Set([OWN_MAC]), ownSubnets: subnetSet(['10.77.0.0/16']) }),
    ownerOf: () => undefined,
    shared: sharedSegments(() => false),
    onState: (state) => void told.push(state),
    log: silentLog,
    ...change,
  });
  const reached = async (count: number): Promise<string[]> => {
    await until(() => told.length >= count);
    return words();
  };
  const words = (): string[] =>
    told.map((state) => (state.state === 'refused' ? state.reasons.map(({ code }) => code).join(' ') : state.state));
  // a test that fails must not leave timers behind
  return { ...memory, guarded, told, reached, words, [Symbol.asyncDispose]: guarded.stop };
}
