import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Objection, objectionReason } from '../../../src/master/guard/reasons.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { stateWords } from '../../../src/master/guard/state-words.ts';

const mac = '52:54:00:aa:bb:cc';
const address = '192.168.1.1';
const FINDINGS: Objection[] = [
  { code: 'foreign-dhcp-server', mac, address },
  { code: 'foreign-pxe-server', mac, address },
  { code: 'foreign-pxe-server', mac, address: undefined },
  { code: 'foreign-dhcp6-server', mac, address: 'fe80::1' },
  { code: 'address-taken', mac, address },
  { code: 'tagged-frames', mac, vlanId: 4 },
  { code: 'router-advertisement', mac, address: 'fe80::1' },
  { code: 'foreign-traffic', mac, address },
  { code: 'range-used', mac, address },
  { code: 'other-recon' },
  { code: 'other-recon', serves: true },
  { code: 'same-segment', otherInterface: 'eno2' },
  { code: 'default-route' },
  { code: 'foreign-lease', address, prefixLength: 24, dynamic: true },
  { code: 'bmc-usb-nic', driver: 'cdc_ether' },
  { code: 'link-flaps', losses: 5 },
  { code: 'no-dhcp-server', subnet: '192.168.1.0/24' },
  { code: 'several-dhcp-servers', servers: [address, '192.168.1.2'] },
  { code: 'other-network', offered: '10.0.0.5', subnet: '192.168.1.0/24' },
  { code: 'server-names-boot-file', server: address },
  { code: 'probe-failed', why: 'tcpdump is not installed' },
];
const STATES: SegmentState[] = [
  { state: 'probing' },
  { state: 'quiet' },
  { state: 'proxy-dhcp', server: address },
  { state: 'no-link' },
  { state: 'gone' },
  { state: 'gone', renamedTo: 'eno9' },
  ...FINDINGS.map((finding): SegmentState => ({ state: 'refused', reasons: [objectionReason('eno1', finding)] })),
];

test('every state of an interface has a sentence that names it, and a hint', () => {
  const sentences = STATES.flatMap((state) => {
    const words = stateWords('eno1', state);
    assert.equal(words.length, 1, JSON.stringify(state));
    for (const { sentence, hint } of words) {
      assert.match(sentence, /\beno1\b.*\.$/, JSON.stringify(state));
      assert.match(hint, /^[A-Z].*\.$/, JSON.stringify(state));
    }
    return words.map(({ sentence }) => sentence);
  });
  assert.equal(new Set(sentences).size, STATES.length, 'no two states read the same');
});

test('what was heard beside a segment that is served is said, and that it is served all the same', () => {
  const heard = [objectionReason('eno1', { code: 'foreign-traffic', mac, address })];
  const [, one, ...more] = stateWords('eno1', { state: 'quiet', heard });
  assert.match(one?.sentence ?? '', /\beno1\b.*192\.168\.1\.1/);
  assert.match(one?.hint ?? '', /^It is served all the same\. [A-Z]/);
  assert.deepEqual(more, []);
});

test('a head node says the same words: it is no master, and only another one is called so', () => {
  for (const state of STATES)
    for (const { sentence, hint } of stateWords('eno1', state))
      assert.doesNotMatch(`${sentence} ${hint}`.replace('another Recon master', ''), /\bmaster\b/, sentence);
});
