import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMediaTrouble, findSecondMaster, type MediaMachine } from '../../../src/lab/media/find-media-trouble.ts';
import { MEDIA_MACHINES } from '../../../src/lab/plan/lab-plan.ts';
import { dhcp, OTHER_MAC, OWN_MAC } from '../../master/guard/frames.ts';

const EMPTY = { directory: '/', nodes: new Map(), ledger: [], findings: [] };
const JOINED = [
  'recon master: it becomes a peer of that one:',
  'recon peer: the master is at 10.77.0.1: it is of the same version, 13.1.1.',
];
/** The first of them is the master. */
const seen = (change: Partial<MediaMachine> = {}, at = 1): MediaMachine[] =>
  MEDIA_MACHINES.map((machine, index) => ({
    ...{ machine, isMaster: index === 0, console: index === 0 ? ['recon master: ready'] : JOINED },
    ...(index === at ? change : {}),
  }));
/** What is found beside that the tarball lacks the machines. */
const found = (machines: readonly MediaMachine[]): string[] =>
  findMediaTrouble(machines, EMPTY).filter((finding) => !/ is not in the tarball$/.test(finding));

test('one master, and peers that say so: nothing is found but what the tarball lacks', () => {
  assert.deepEqual(found(seen()), []);
  assert.equal(findMediaTrouble(seen(), EMPTY).length, MEDIA_MACHINES.length);
});

test('two masters, none, a peer that is silent and a master that joins are found', () => {
  assert.match(found(seen({ isMaster: true, console: [] })).join(' '), /2 machines are masters: media-one, media-two/);
  assert.match(found(seen({ isMaster: false, console: JOINED }, 0)).join(' '), /0 machines are masters/);
  assert.deepEqual(found(seen({ console: [] })), [
    'media-two does not say that it becomes a peer',
    'media-two does not say who its master is',
  ]);
  assert.deepEqual(found(seen({ console: JOINED }, 0)), ['media-one serves, and says that it becomes a peer']);
});

function pcap(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  return Buffer.concat([
    header,
    ...frames.map((frame) => {
      const record = Buffer.alloc(16);
      record.writeUInt32LE(frame.length, 8);
      return Buffer.concat([record, frame]);
    }),
  ]);
}

test('an answer of a second DHCP server is found, and a capture in which nobody serves proves nothing', () => {
  const answer = dhcp('reply', { sourceAddress: '10.77.0.1' });
  assert.deepEqual(findSecondMaster(pcap([answer]), OTHER_MAC), []);
  assert.match(findSecondMaster(pcap([answer]), OWN_MAC).join(' '), /never heard serving.*a second machine served the segment/);
  assert.match(findSecondMaster(pcap([]), OTHER_MAC).join(' '), /never heard serving/);
});
