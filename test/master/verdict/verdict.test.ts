import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { LedgerEvent } from '../../../src/domain/ledger.ts';
import { advance, type MachineState } from '../../../src/master/ledger/machine/state.ts';
import type { Surroundings } from '../../../src/master/verdict/stuck-machine.ts';
import { judgeMachine, notesOn } from '../../../src/master/verdict/verdict.ts';

const START_MS = Date.parse('2026-11-20T12:00:00Z');
const MIB = 1024 ** 2;
const mac = '52:54:00:12:34:56';

type Step = [atSeconds: number, event: Omit<LedgerEvent, 'sequence' | 'at' | 'mac'>];

/** The state of a machine after its steps, as the ledger makes it. */
function after(steps: readonly Step[]): MachineState {
  let state: MachineState | undefined;
  steps.forEach(([seconds, event], sequence) => {
    state = advance(state, { sequence, at: new Date(START_MS + seconds * 1000).toISOString(), mac, ...event });
  });
  assert.ok(state !== undefined);
  return state;
}

function around(atSeconds: number, change: Partial<Surroundings> = {}): Surroundings {
  return {
    nowMs: START_MS + atSeconds * 1000,
    isServed: (name) => name === 'eno1',
    hasDriver: (pciId) => !['8086:1592', 'abcd:0001'].includes(pciId),
    leftOutDrivers: (pciId) => (pciId === '8086:1592' ? ['ice'] : []),
    cardName: (pciId) => (pciId === '8086:1592' ? 'Intel Corporation E810-C' : undefined),
    neededRamBytes: 1024 * MIB,
    startRamBytes: 300 * MIB,
    captureMs: 180_000,
    ...change,
  };
}

const asked: Step = [0, { stage: 'discover', interface: 'eno1' }];
const offered: Step[] = [asked, [0, { stage: 'offer', interface: 'eno1', address: '10.77.1.1' }]];
const leased: Step[] = [
  ...offered,
  [1, { stage: 'request', interface: 'eno1' }],
  [1, { stage: 'ack', interface: 'eno1', address: '10.77.1.1' }],
];
const loader: Step[] = [...leased, [3, { stage: 'loader', detail: 'snponly.efi' }]];
const script = (facts: LedgerEvent['facts'] = {}): Step[] => [...loader, [10, { stage: 'script', facts }]];
const whole = (stage: 'kernel' | 'initrd' | 'root-image', totalBytes = 1000) => ({ stage, bytes: totalBytes, totalBytes });
const loaded = (facts?: LedgerEvent['facts']): Step[] => [...script(facts), [12, whole('initrd')], [13, whole('kernel')]];
const initrdUp = (facts: LedgerEvent['facts'] = {}): Step[] => [...loaded(), [40, { stage: 'root-image', detail: 'initrd is up', facts }]];
const live: Step[] = [...initrdUp(), [50, whole('root-image', 54_321_000)]];
const collecting: Step[] = [...live, [90, { stage: 'agent' }], [91, { stage: 'collect' }], [95, { stage: 'collect', detail: 'lspci: ok' }]];
const uploading: Step[] = [...collecting, [120, { stage: 'upload' }]];

const reboot = (at: number): Step[] => [
  [at, { stage: 'script' }],
  [at + 1, whole('initrd')],
  [at + 2, whole('kernel')],
];

interface Row {
  code: string | undefined;
  steps: readonly Step[];
  at: number;
  change?: Partial<Surroundings>;
  says?: RegExp;
}

const rows: Record<string, Row> = {
  'asked a moment ago': { steps: [asked], at: 20, code: undefined },
  'asked, and no address is left': {
    steps: [[0, { stage: 'discover', interface: 'eno1', detail: 'no address available' }]],
    at: 31,
    code: 'not-answered',
    says: /no address available/,
  },
  'asked after the end of discovery': {
    steps: [[0, { stage: 'discover', interface: 'eno1', facts: { unanswered: 'discovery-over' } }]],
    at: 0,
    change: { discoveryOver: 'after 240 minutes, as recon.yaml says' },
    code: 'discovery-over',
    says: /after 240 minutes/,
  },
  'asked with firmware that there is no loader for': {
    steps: [[0, { stage: 'discover', interface: 'eno1', detail: 'no loader for UEFI on 64-bit ARM', facts: { unanswered: 'firmware' } }]],
    at: 0,
    code: 'firmware-unknown',
    says: /no loader for UEFI on 64-bit ARM/,
  },
  'asked over InfiniBand': {
    steps: [
      [
        0,
        {
          stage: 'discover',
          interface: 'eno1',
          detail: 'network boot over InfiniBand, client identifier ff:00',
          facts: { unanswered: 'infiniband' },
        },
      ],
    ],
    at: 0,
    code: 'infiniband',
    says: /client identifier ff:00/,
  },
  'asked on a segment that is silent now': {
    steps: [asked],
    at: 31,
    change: { isServed: () => false },
    code: 'segment-silent',
    says: /eno1/,
  },
  'offered, and answered by somebody else': { steps: offered, at: 61, code: 'offer-not-taken', says: /61 s/ },
  'offered a moment ago': { steps: offered, at: 59, code: undefined },
  'offered a boot file that its ROM ignores': {
    steps: [
      asked,
      [0, { stage: 'offer', interface: 'eno1', detail: 'ProxyDHCP' }],
      [4, { stage: 'offer', interface: 'eno1', detail: 'ProxyDHCP' }],
    ],
    at: 70,
    code: 'proxy-ignored',
    says: /2 times/,
  },
  'has an address, and never asks for the loader': { steps: leased, at: 62, code: 'loader-not-asked', says: /10\.77\.1\.1/ },
  'has the loader, and never asks for its script': { steps: loader, at: 124, code: 'loader-silent' },
  'has shim, and nothing behind it': {
    steps: [...leased, [3, { stage: 'loader', detail: 'shimx64.efi' }]],
    at: 124,
    code: 'loader-refused',
    says: /shimx64\.efi .*refused/,
  },
  'has shim over HTTP, and nothing behind it': {
    steps: [...leased, [3, { stage: 'loader', detail: 'shimx64.efi over HTTP' }]],
    at: 124,
    code: 'loader-refused',
  },
  'has GRUB behind shim, and never asks for its script': {
    steps: [...leased, [3, { stage: 'loader', detail: 'shimx64.efi' }], [4, { stage: 'loader', detail: 'grub.cfg' }]],
    at: 125,
    code: 'loader-silent',
  },
  'has the loader, and spanning tree may still wait': { steps: loader, at: 100, code: undefined },
  'did not get the loader': {
    steps: [...leased, [3, { stage: 'loader', detail: 'failed sending /x/undionly.kpxe' }]],
    at: 130,
    code: 'tftp-broken',
    says: /failed sending/,
  },
  'has its script, and fetches nothing': { steps: script(), at: 71, code: 'script-unused' },
  'has too little memory even to start': {
    steps: script({ memoryBytes: 256 * MIB }),
    at: 10,
    code: 'too-little-ram',
    says: /has 256 MiB, needs 300 MiB/,
  },
  'stopped in the initrd': {
    steps: [...script(), [12, { stage: 'initrd', bytes: 1_234_567, totalBytes: 54_321_000 }]],
    at: 100,
    code: 'initrd-stopped',
    says: /at 1,234,567 of 54,321,000 bytes, 88 s ago/,
  },
  'never asked for the kernel': { steps: [...script(), [12, whole('initrd')]], at: 100, code: 'kernel-not-asked' },
  'stopped in the kernel, which comes after the initrd': {
    steps: [...script(), [12, whole('initrd')], [13, { stage: 'kernel', bytes: 5, totalBytes: 1000 }]],
    at: 100,
    code: 'kernel-stopped',
    says: /kernel stopped at 5 of 1,000/,
  },
  'loads slowly': {
    steps: [...script(), [12, { stage: 'initrd', bytes: 10, totalBytes: 1000 }], [400, { stage: 'initrd', bytes: 20, totalBytes: 1000 }]],
    at: 430,
    code: undefined,
  },
  'its kernel is starting': { steps: loaded(), at: 200, code: undefined },
  'its kernel has too little RAM': {
    steps: loaded({ memoryBytes: 768 * MIB }),
    at: 260,
    code: 'too-little-ram',
    says: /has 768 MiB, needs 1 GiB/,
  },
  'its kernel has no driver': {
    steps: loaded({ nicPciId: '8086:1592' }),
    at: 260,
    code: 'no-driver',
    says: /no driver for Intel Corporation E810-C \(8086:1592\), the network card that it boots from\. The image leaves out ice\.$/,
  },
  'its kernel has no driver, and nobody knows what the card is': {
    steps: loaded({ nicPciId: 'abcd:0001' }),
    at: 260,
    code: 'no-driver',
    says: /no driver for abcd:0001, the network card that it boots from\.$/,
  },
  'its kernel is silent, and nobody knows why': {
    steps: loaded({ nicPciId: '8086:100e', memoryBytes: 2048 * MIB }),
    at: 260,
    code: 'kernel-silent',
  },
  'its initrd says that there is too little RAM': {
    steps: initrdUp({ ramBytes: 768 * MIB, availableRamBytes: 500 * MIB, neededRamBytes: 832 * MIB }),
    at: 41,
    code: 'too-little-ram',
    says: /has 768 MiB, needs 1100 MiB/,
  },
  'its initrd is up and fetches nothing': { steps: initrdUp(), at: 101, code: 'root-image-stopped', says: /before the first byte/ },
  'stopped in the root image': {
    steps: [...initrdUp(), [45, { stage: 'root-image', bytes: 1000, totalBytes: 54_321_000 }]],
    at: 106,
    code: 'root-image-stopped',
    says: /at 1,000 of 54,321,000 bytes, 61 s ago/,
  },
  'loads on after a stop': {
    steps: [
      ...initrdUp(),
      [45, { stage: 'root-image', bytes: 1000, totalBytes: 54_321_000 }],
      [110, { stage: 'root-image', bytes: 2000, totalBytes: 54_321_000, resumedAtBytes: 1000 }],
    ],
    at: 120,
    code: undefined,
  },
  'gets a wrong root image again and again': {
    steps: [...live, [55, { stage: 'root-image', detail: 'wrong sha256, try 2', facts: { wrongHashes: 2 } }]],
    at: 56,
    code: 'wrong-sha256',
    says: /2 times/,
  },
  'has the root image and never comes up': { steps: live, at: 300, code: 'live-silent' },
  'came up and does not begin': { steps: [...live, [90, { stage: 'agent' }]], at: 211, code: 'inventory-not-begun' },
  'hangs at a tool': { steps: collecting, at: 306, code: 'inventory-hangs', says: /hangs for 3 min, since lspci ended/ },
  'takes its time as the settings allow': { steps: collecting, at: 306, change: { captureMs: 600_000 }, code: undefined },
  'cannot finish its upload': { steps: uploading, at: 301, code: 'upload-unfinished' },
  'is refused': {
    steps: [...uploading, [125, { stage: 'upload', detail: 'the master has no room on its stick' }]],
    at: 310,
    code: 'upload-refused',
    says: /the master has no room on its stick/,
  },
  'boots again and again': {
    steps: [...loader, ...reboot(10), ...reboot(110), ...reboot(210), ...reboot(310)],
    at: 320,
    code: 'boot-loop',
    says: /4 times/,
  },
  'was booted three times by a person': { steps: [...loader, ...reboot(10), ...reboot(110), ...reboot(210)], at: 220, code: undefined },
  'came up in the end': {
    steps: [...loader, ...reboot(10), ...reboot(110), ...reboot(210), ...reboot(310), [400, { stage: 'agent' }]],
    at: 410,
    code: undefined,
  },
  'had a receipt, and has no record any more': {
    steps: [...uploading, [130, { stage: 'receipt' }]],
    at: 131,
    code: 'record-lost',
    says: /not on the stick any more/,
  },
  'switched itself off, and has no record any more': {
    steps: [...uploading, [130, { stage: 'receipt' }], [140, { stage: 'power-off' }]],
    at: 141,
    code: 'record-lost',
  },
};

describe('the verdict on a machine that', () => {
  for (const [name, { steps, at, change, code, says }] of Object.entries(rows)) {
    it(`${name}: ${code ?? 'none'}`, () => {
      const found = judgeMachine(after(steps), around(at, change));
      assert.equal(found?.code, code);
      if (found === undefined) return;
      assert.match(found.sentence, says ?? /\.$/);
      assert.match(found.hint, /\.$/);
    });
  }
  it('moves on is taken back', () => {
    const stuck = after(leased);
    assert.equal(judgeMachine(stuck, around(100))?.code, 'loader-not-asked');
    const moved = advance(stuck, { sequence: 99, at: new Date(START_MS + 100_000).toISOString(), mac, stage: 'loader' });
    assert.equal(judgeMachine(moved, around(101)), undefined);
  });
});

describe('the state behind it', () => {
  it('keeps the facts of the latest boot only', () => {
    const state = after([...initrdUp({ ramBytes: 5, wrongHashes: 3 }), [100, { stage: 'script', facts: { vendor: 'ACME' } }]]);
    assert.deepEqual(state.facts, { vendor: 'ACME' });
    assert.deepEqual(state.transfers, {});
  });
  it('keeps the bytes when the initrd only says a word', () => {
    const state = after([...live, [60, { stage: 'root-image', detail: 'a word', facts: { ramBytes: 7 } }]]);
    assert.deepEqual([state.bytes, state.totalBytes, state.detail, state.facts?.ramBytes], [54_321_000, 54_321_000, 'a word', 7]);
  });
});

it('a slow lease is a note, whether or not the machine arrives', () => {
  assert.deepEqual(notesOn(after(initrdUp({ leaseSeconds: 3 }))), []);
  assert.match(notesOn(after(initrdUp({ leaseSeconds: 31 })))[0] ?? '', /31 s before .* spanning tree/);
});

it('docs/boot.md explains every verdict, and no other', async () => {
  const boot = await readFile(new URL('../../../docs/boot.md', import.meta.url), 'utf8');
  const [, table = ''] = /\n## Why a machine does not go on\n([\s\S]*?)\n## /.exec(boot) ?? [];
  const told = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap((match) => match[1]?.match(/[a-z0-9-]+/g) ?? []);
  const folder = new URL('../../../src/master/verdict/', import.meta.url);
  const sources = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')));
  // one place may choose between two of them, or make one for each file of a boot
  const codes = [...sources.join('\n').matchAll(/\bcode: ([^,]+),/g)].flatMap(([, written = '']) => [
    ...written.matchAll(/['`](?:\$\{(open|stage)\})?([a-z0-9-]+)['`]/g),
  ]);
  const made = codes.flatMap(([, variable, code = '']) => {
    if (variable === undefined) return [code];
    return (variable === 'open' ? ['initrd', 'kernel'] : ['initrd', 'kernel', 'root-image']).map((stage) => `${stage}${code}`);
  });
  assert.deepEqual([...told].sort(), [...new Set(made)].sort());
});
