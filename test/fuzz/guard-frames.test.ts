import assert from 'node:assert/strict';
import { ReconError } from '../../src/domain/errors.ts';
import { subnetSet } from '../../src/domain/ip-address.ts';
import { noteOf } from '../../src/master/guard/classify.ts';
import { observe } from '../../src/master/guard/observe.ts';
import { decodeFrame } from '../../src/master/guard/packets/frame.ts';
import { pcapParser } from '../../src/master/guard/packets/pcap-stream.ts';
import { buildProbes } from '../../src/master/guard/packets/probes.ts';
import { objectionReason } from '../../src/master/guard/reasons.ts';
import { arp, dhcp, ethernet, OWN_MAC, tagged, udp4 } from '../master/guard/frames.ts';
import { fuzzTarget } from './fuzz-target.ts';

const OURS = { ownMacs: new Set([OWN_MAC]), ownSubnets: subnetSet(['10.77.0.0/16']), ownAddress: '192.168.9.250' };
const offer = dhcp(
  'reply',
  { sourcePort: 67, destinationPort: 68, sourceAddress: '192.168.9.1' },
  { identifier: '192.168.9.1', offered: '192.168.9.7', bootFile: 'pxelinux.0' },
);
const frames = [
  ...buildProbes(7),
  ...buildProbes(7, '192.168.9.250'),
  offer,
  tagged(offer, 30),
  tagged(tagged(offer, 30), 40, 0x88a8),
  arp('192.168.9.1', '192.168.9.250'),
  udp4({ sourcePort: 4011, destinationPort: 4011 }),
  ethernet(0x86dd, Buffer.from('6000000000403afffe80000000000000000000000000000100000000000000000000000000000000860000', 'hex')),
  ethernet(0x88cc, new Uint8Array(60)),
];

/** What a frame means becomes a reason that a person reads: one line, and no longer than a screen. */
fuzzTarget('frames', {
  seeds: frames,
  read: (bytes) => {
    const frame = decodeFrame(bytes);
    if (frame === undefined) return;
    noteOf(frame);
    const seen = observe(frame, { probeId: 7, ownerOf: () => undefined, surroundings: () => OURS });
    if (seen?.kind !== 'evidence') return;
    const { sentence } = objectionReason('eno1', seen.evidence);
    assert.doesNotMatch(sentence, /[\x00-\x1f\x7f]/);
    assert.ok(sentence.length < 500, sentence);
  },
});

/** A capture that is broken ends with its own error, whatever the pieces are that it comes in. */
fuzzTarget('captures', {
  seeds: [captureOf(frames.slice(0, 4)), captureOf([])],
  read: (bytes) => {
    let packets = 0;
    const take = pcapParser({
      onHeader: () => {},
      onPacket: () => {
        packets += 1;
      },
    });
    try {
      for (let at = 0; at < bytes.length; at += 61) take(bytes.subarray(at, at + 61));
    } catch (error) {
      assert.ok(error instanceof ReconError && error.code === 'command-failed', String(error));
    }
    assert.ok(packets <= bytes.length / 16);
  },
});

function captureOf(some: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt32LE(1, 20);
  const packets = some.flatMap((frame) => {
    const head = Buffer.alloc(16);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    return [head, frame];
  });
  return Buffer.concat([header, ...packets]);
}
