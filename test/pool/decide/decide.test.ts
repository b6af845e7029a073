import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BootHistory, NO_HISTORY } from '../../../src/pool/decide/boot-history.ts';
import type { BootingMachine } from '../../../src/pool/decide/booting-machine.ts';
import { decideBoot, decidedChoice } from '../../../src/pool/decide/decide.ts';
import { whyText } from '../../../src/pool/decide/why-text.ts';
import { poolOf } from './pools.ts';

const MAC = '52:54:00:66:00:01';
const SECOND = '52:54:00:66:00:02';
const STRANGER = '52:54:00:66:00:99';
const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const GIB = 1024 ** 3;

const scripts = (count: number, { minutesAgo = 1, kind = 'compute' as const } = {}): BootHistory => ({
  scripts: Array.from({ length: count }, () => ({ atMs: NOW - minutesAgo * MINUTE, kind })),
  onceClaims: 0,
});
const looping = scripts(6);
const claims = (onceClaims: number): BootHistory => ({ ...NO_HISTORY, onceClaims });
const node = (more: object = {}): { nodes: object } => ({ nodes: { 'node-000': { macs: [MAC, SECOND], ...more } } });
const rule = (when: object, boot = 'compute'): { rules: object[] } => ({ rules: [{ when, boot }] });
const menus = (count: number): BootHistory => ({
  scripts: scripts(count).scripts.map((one) => ({ ...one, kind: 'menu' as const })),
  onceClaims: 0,
});

/** as the import of a visit writes it */
const RECORD = { switch: 'sw-r12-a', port: 'Ethernet1/12', memoryGiB: 64 };

type Row = [
  what: string,
  pool: Parameters<typeof poolOf>[0],
  facts: Partial<BootingMachine>,
  boots: string,
  by: string,
  history?: BootHistory,
];
const ROWS: readonly Row[] = [
  // unknown and default
  ['a machine of nobody keeps what it has', {}, {}, 'local-disk', 'unknown'],
  ['a machine of nobody, and the pool wants it inventoried', { unknown: 'recon' }, {}, 'recon', 'unknown'],
  ['a machine of nobody, held', { unknown: 'hold' }, {}, 'hold', 'unknown'],
  ['a machine of nobody gets a profile', { unknown: 'compute' }, {}, 'compute', 'unknown'],
  ['a machine of nobody gets no default', { default: 'compute' }, {}, 'local-disk', 'unknown'],
  ['a machine of nobody beside nodes', { ...node({ boot: 'compute' }) }, { mac: STRANGER }, 'local-disk', 'unknown'],
  ['a node without a word: default', node(), {}, 'local-disk', 'default'],
  ['a node without a word: the default that is set', { ...node(), default: 'compute' }, {}, 'compute', 'default'],
  ['a default with a version', { ...node(), default: 'compute@4' }, {}, 'compute@4', 'default'],
  ['a node is not unknown', { ...node(), unknown: 'hold' }, {}, 'local-disk', 'default'],
  // the node
  ['the node says it', node({ boot: 'compute' }), {}, 'compute', 'node'],
  ['the node says it, with a version', node({ boot: 'compute@2' }), {}, 'compute@2', 'node'],
  ['the node wants the newest', node({ boot: 'compute@newest' }), {}, 'compute@newest', 'node'],
  ['its other card is the same node', node({ boot: 'compute' }), { mac: SECOND }, 'compute', 'node'],
  ['the node before the default', { ...node({ boot: 'failsafe' }), default: 'compute' }, {}, 'failsafe', 'node'],
  [
    'the node before its group',
    { ...node({ boot: 'failsafe', groups: ['rack1'] }), groups: { rack1: { boot: 'compute' } } },
    {},
    'failsafe',
    'node',
  ],
  ['the node before a rule', { ...node({ boot: 'failsafe' }), ...rule({ mac: '*' }) }, {}, 'failsafe', 'node'],
  // groups
  ['its group', { ...node({ groups: ['rack1'] }), groups: { rack1: { boot: 'compute' } } }, {}, 'compute', 'group'],
  ['a group without a word', { ...node({ groups: ['rack1'] }), groups: { rack1: {} } }, {}, 'local-disk', 'default'],
  [
    'two groups, by priority',
    { ...node({ groups: ['a', 'b'] }), groups: { a: { boot: 'old', priority: 1 }, b: { boot: 'compute', priority: 2 } } },
    {},
    'compute',
    'group',
  ],
  [
    'two groups, by priority, in the other order',
    { ...node({ groups: ['b', 'a'] }), groups: { a: { boot: 'old', priority: 1 }, b: { boot: 'compute', priority: 2 } } },
    {},
    'compute',
    'group',
  ],
  [
    'of two groups the one that says something',
    { ...node({ groups: ['a', 'b'] }), groups: { a: { priority: 9 }, b: { boot: 'compute' } } },
    {},
    'compute',
    'group',
  ],
  [
    'a group before a rule',
    { ...node({ groups: ['rack1'] }), groups: { rack1: { boot: 'old' } }, ...rule({ mac: '*' }) },
    {},
    'old',
    'group',
  ],
  [
    'a group that a rule names',
    { groups: { r12: { boot: 'old' } }, rules: [{ when: { vendor: 'Dell*' }, boot: 'compute', group: 'r12' }] },
    { vendor: 'Dell Inc.' },
    'old',
    'group',
  ],
  [
    'a group that a rule names, which does not match',
    { groups: { r12: { boot: 'old' } }, rules: [{ when: { vendor: 'HPE' }, boot: 'compute', group: 'r12' }] },
    { vendor: 'Dell Inc.' },
    'local-disk',
    'unknown',
  ],
  [
    "the priority of a rule's group",
    {
      ...node({ groups: ['a'] }),
      groups: { a: { boot: 'old', priority: 1 }, r: { boot: 'compute', priority: 5 } },
      rules: [{ when: { mac: '*' }, boot: 'hold', group: 'r' }],
    },
    {},
    'compute',
    'group',
  ],
  // rules
  ['a rule for a node', { ...node(), ...rule({ vendor: 'Dell*' }) }, { vendor: 'Dell Inc.' }, 'compute', 'rule'],
  ['a rule for a machine of nobody', rule({ vendor: 'Dell*' }), { vendor: 'Dell Inc.' }, 'compute', 'rule'],
  ['capitals do not matter', rule({ vendor: 'dell*' }), { vendor: 'DELL INC' }, 'compute', 'rule'],
  ['nothing but the pattern', rule({ vendor: 'Dell' }), { vendor: 'Dell Inc.' }, 'local-disk', 'unknown'],
  ['letters that mean something to a regular expression', rule({ product: 'X.1 (a)+' }), { product: 'X.1 (a)+' }, 'compute', 'rule'],
  ['a dot is a dot', rule({ product: 'X.1' }), { product: 'Xy1' }, 'local-disk', 'unknown'],
  ['a question mark is one letter', rule({ product: 'R?40' }), { product: 'R740' }, 'compute', 'rule'],
  ['a fact that is not known', rule({ serial: '*' }), {}, 'local-disk', 'unknown'],
  ['any of several', rule({ serial: ['ABC*', 'DEF*'] }), { serial: 'DEF1' }, 'compute', 'rule'],
  ['none of several', rule({ serial: ['ABC*', 'DEF*'] }), { serial: 'XDEF1' }, 'local-disk', 'unknown'],
  ['all conditions of a rule', rule({ vendor: 'Dell*', serial: 'ABC*' }), { vendor: 'Dell', serial: 'ABC1' }, 'compute', 'rule'],
  [
    'one condition of a rule does not hold',
    rule({ vendor: 'Dell*', serial: 'ABC*' }),
    { vendor: 'Dell', serial: 'XYZ' },
    'local-disk',
    'unknown',
  ],
  [
    'the first rule that matches',
    {
      rules: [
        { when: { vendor: 'HPE' }, boot: 'hold' },
        { when: { vendor: 'Dell' }, boot: 'old' },
        { when: { mac: '*' }, boot: 'compute' },
      ],
    },
    { vendor: 'Dell' },
    'old',
    'rule',
  ],
  ['little memory', rule({ memoryGiB: '<4' }, 'failsafe'), { memoryBytes: 2 * GIB }, 'failsafe', 'rule'],
  ['not little', rule({ memoryGiB: '<4' }, 'failsafe'), { memoryBytes: 4 * GIB }, 'local-disk', 'unknown'],
  ['at most', rule({ memoryGiB: '<=4' }), { memoryBytes: 4 * GIB }, 'compute', 'rule'],
  ['more than', rule({ memoryGiB: '>4' }), { memoryBytes: 4 * GIB }, 'local-disk', 'unknown'],
  ['at least', rule({ memoryGiB: '>= 4' }), { memoryBytes: 4 * GIB }, 'compute', 'rule'],
  ['just so much', rule({ memoryGiB: 8 }), { memoryBytes: 8 * GIB }, 'compute', 'rule'],
  ['memory that is not known is not little', rule({ memoryGiB: '<4' }), {}, 'local-disk', 'unknown'],
  ['UEFI', rule({ firmware: 'uefi' }), { firmware: 'uefi' }, 'compute', 'rule'],
  ['not UEFI', rule({ firmware: 'uefi' }), { firmware: 'bios' }, 'local-disk', 'unknown'],
  ['another processor', rule({ architecture: 'arm64' }), { architecture: 'x86_64' }, 'local-disk', 'unknown'],
  [
    'switch, port and memory of the record of a node',
    { ...node(RECORD), ...rule({ switch: 'sw-r12*', port: '1..24', memoryGiB: '>=64' }) },
    {},
    'compute',
    'rule',
  ],
  ['another port of the record', { ...node(RECORD), ...rule({ port: '1..11' }) }, {}, 'local-disk', 'default'],
  [
    'what firmware says now counts more than the record',
    { ...node(RECORD), ...rule({ memoryGiB: '<4' }) },
    { memoryBytes: 2 * GIB },
    'compute',
    'rule',
  ],
  ['a switch', rule({ switch: 'sw-r12*' }), { switch: 'sw-r12-a' }, 'compute', 'rule'],
  ['a range of ports', rule({ port: '1..24' }), { port: '24' }, 'compute', 'rule'],
  ['a port of a name', rule({ port: '1..24' }), { port: 'Ethernet1/12' }, 'compute', 'rule'],
  ['behind the range', rule({ port: '1..24' }), { port: 'Ethernet1/25' }, 'local-disk', 'unknown'],
  ['a port without a number', rule({ port: '1..24' }), { port: 'mgmt' }, 'local-disk', 'unknown'],
  ['a port by pattern', rule({ port: 'ge-0/0/*' }), { port: 'ge-0/0/7' }, 'compute', 'rule'],
  ['a tag', { ...node({ tags: ['gpu'] }), ...rule({ tag: 'gpu' }) }, {}, 'compute', 'rule'],
  ['a machine of nobody has no tags', rule({ tag: '*' }), {}, 'local-disk', 'unknown'],
  ['a MAC address, however it is spelt', rule({ mac: '5254-00*' }), {}, 'compute', 'rule'],
  // one-shot
  ['a one-shot', node({ boot: 'compute', once: 'failsafe' }), {}, 'failsafe', 'once'],
  ['a one-shot on its second boot', node({ boot: 'compute', once: 'failsafe' }), {}, 'failsafe', 'once', claims(1)],
  ['a one-shot on its third boot', node({ boot: 'compute', once: 'failsafe' }), {}, 'failsafe', 'once', claims(2)],
  ['a one-shot that three boots could not do', node({ boot: 'compute', once: 'failsafe' }), {}, 'compute', 'node', claims(3)],
  ['a one-shot of a machine in a loop', node({ boot: 'compute', once: 'failsafe' }), {}, 'failsafe', 'once', looping],
  // loop guard
  ['five scripts are no loop', node({ boot: 'compute' }), {}, 'compute', 'node', scripts(5)],
  ['six are', node({ boot: 'compute' }), {}, 'hold', 'loop-guard', looping],
  ['six, long ago', node({ boot: 'compute' }), {}, 'compute', 'node', scripts(6, { minutesAgo: 15 })],
  ['six, just within the time', node({ boot: 'compute' }), {}, 'hold', 'loop-guard', scripts(6, { minutesAgo: 14.9 })],
  ['menus cannot report', node({ boot: 'compute' }), {}, 'compute', 'node', menus(9)],
  ['a machine of nobody is held too', { unknown: 'compute' }, {}, 'hold', 'loop-guard', looping],
];

test('the table has at least 60 rows, no two of one name, and every line that may decide does so in some', () => {
  assert.ok(ROWS.length >= 60, `${ROWS.length} rows`);
  assert.equal(new Set(ROWS.map(([what]) => what)).size, ROWS.length);
  const deciding = new Set(ROWS.map(([, , , , by]) => by.split(' ')[0]));
  assert.deepEqual([...deciding].sort(), ['default', 'group', 'loop-guard', 'node', 'once', 'rule', 'unknown']);
});

for (const [what, pool, facts, boots, by, history = NO_HISTORY] of ROWS) {
  test(`${what}: ${boots}, by ${by}`, () => {
    const decision = decideBoot(poolOf(pool), { mac: MAC, ...facts }, history, NOW);
    assert.equal(decidedChoice(decision), boots);
    const deciding = decision.because.filter(({ outcome }) => outcome === 'decides');
    assert.deepEqual(
      deciding.map((line) => line.by),
      [by],
    );
    assert.equal(decision.isOnce, by === 'once');
    assert.ok(decision.because.every(({ says, outcome }) => (says === undefined) === (outcome === 'says-nothing')));
  });
}

test('why, in words: what decides, what would have, and why the rest is silent', () => {
  const pool = poolOf({
    ...node({ groups: ['rack1'], once: 'failsafe' }),
    groups: { rack1: { boot: 'compute@3', priority: 10 } },
    rules: [{ when: { vendor: 'HPE' }, boot: 'old' }],
    default: 'compute',
  });
  const decision = decideBoot(pool, { mac: MAC, vendor: 'Dell' }, claims(1), NOW);
  assert.equal(
    whyText('node-000', decision),
    [
      'node-000, in rack1 boots failsafe, once',
      '',
      '  → one-shot     decides failsafe; boot 2 of 3 (nodes.yaml line 1)',
      '    loop guard   it does not go round in circles',
      '    node         the node says nothing (nodes.yaml line 1)',
      '  · group rack1  would say compute@3; priority 10',
      '    rule 1       vendor is Dell',
      '  · default      would say compute',
      '',
    ].join('\n'),
  );
});

test('a pool that was not checked', () => {
  const pool = poolOf({ unknown: 'nowhere' });
  assert.throws(() => decideBoot(pool, { mac: MAC }, NO_HISTORY, NOW), {
    code: 'pool-broken',
    message: `there is no profile nowhere, which ${MAC} would boot`,
  });
});
