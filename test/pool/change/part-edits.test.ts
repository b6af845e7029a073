import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atOnce } from '../../../src/platform/in-turns.ts';
import { changeMembers } from '../../../src/pool/change/group-members.ts';
import { removeGroup, removeProfile, writeGroup, writeProfile } from '../../../src/pool/change/part-edits.ts';
import { type PoolEdit, poolOf } from '../../../src/pool/change/pool-edit.ts';

const FILES = new Map([
  [
    'pool.yaml',
    'default: compute\nunknown: live@newest\nrules:\n  - { when: { vendor: Dell* }, boot: hold, group: rack2 }\n  - { when: { vendor: HPE }, boot: compute }\n',
  ],
  [
    'nodes.yaml',
    "a: { macs: ['52:54:00:66:00:01'], groups: [rack1, gpu], boot: compute@3 }\nb: { macs: ['52:54:00:66:00:02'], once: compute }\nc: { macs: ['52:54:00:66:00:03'], groups: [rack1] }\n",
  ],
  ['groups.yaml', 'rack1: { boot: compute, priority: 10 }\nrack2: {}\ngpu: {}\nfree: {}\n'],
  ['profiles/compute.yaml', 'kind: compute\nimage: debian@3 # tried in May\n'],
  ['profiles/live.yaml', 'kind: failsafe\n'],
  ['profiles/failsafe.yaml', 'kind: failsafe\nimage: rescue\n'],
  ['profiles/choice.yaml', 'kind: menu\nitems: [compute, failsafe]\n'],
  ['profiles/spare.yaml', 'kind: hold\n'],
]);
const after = ({ edit }: PoolEdit, file: string): string | undefined => atOnce(edit(FILES)).get(file);

test('a profile that something names stays, and all who name it are told with their places', () => {
  assert.throws(() => atOnce(removeProfile('compute').edit(FILES)), {
    code: 'still-used',
    message:
      'profile compute stays: it is named by node a (nodes.yaml line 1), node b (nodes.yaml line 2), group rack1 (groups.yaml line 1), rule 2 (pool.yaml line 5), default (pool.yaml line 1), profile choice (profiles/choice.yaml line 1)',
    hint: 'Assign something else to these first.',
  });
  assert.throws(() => atOnce(removeProfile('live').edit(FILES)), {
    message: 'profile live stays: it is named by unknown (pool.yaml line 2)',
  });
  assert.equal(after(removeProfile('spare'), 'profiles/spare.yaml'), undefined);
  assert.equal(after(removeProfile('failsafe'), 'profiles/failsafe.yaml'), undefined, 'the built-in one comes in its place');
});

test('a group that a node is in, or a rule puts machines into, stays', () => {
  assert.throws(() => atOnce(removeGroup('rack1').edit(FILES)), {
    code: 'still-used',
    message: 'group rack1 stays: it is named by node a (nodes.yaml line 1), node c (nodes.yaml line 3)',
  });
  assert.throws(() => atOnce(removeGroup('rack2').edit(FILES)), { message: 'group rack2 stays: it is named by rule 1 (pool.yaml line 4)' });
  assert.doesNotMatch(after(removeGroup('free'), 'groups.yaml') ?? '', /free/);
  const many = new Map(FILES).set('nodes.yaml', Array.from({ length: 12 }, (_, at) => nodeLine(at)).join(''));
  assert.throws(() => atOnce(removeGroup('gpu').edit(many)), { message: /node n7 \(nodes\.yaml line 8\) and 4 more$/ });
});

test('nodes come into a group and leave it; their other groups stay, and who is there already changes nothing', () => {
  const change = changeMembers('rack1', { add: ['b', 'c'], remove: ['a'] });
  assert.equal(change.what, 'group rack1: b, c come in; a leaves');
  const { nodes } = poolOf(atOnce(change.edit(FILES)));
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => nodes.get(name)?.groups),
    [['gpu'], ['rack1'], ['rack1']],
  );
  assert.equal(poolOf(atOnce(changeMembers('rack1', { add: [], remove: ['c'] }).edit(FILES))).nodes.get('c')?.groups, undefined);
  assert.equal(after(changeMembers('rack1', { add: ['c'], remove: ['b'] }), 'nodes.yaml'), FILES.get('nodes.yaml'));
  assert.throws(() => atOnce(changeMembers('rack9', { add: ['a'], remove: [] }).edit(FILES)), {
    code: 'not-found',
    message: /no group rack9/,
  });
  assert.throws(() => atOnce(changeMembers('gpu', { add: ['z'], remove: [] }).edit(FILES)), { code: 'not-found', message: /no node z/ });
});

test('what nobody wrote is not written: a value that is meant without it stays out', () => {
  const profile = { kind: 'compute', image: 'debian@4', root: 'squashfs', disks: 'read-only' } as const;
  assert.equal(after(writeProfile('compute', profile), 'profiles/compute.yaml'), 'kind: compute\nimage: debian@4 # tried in May\n');
  assert.match(after(writeProfile('compute', { ...profile, root: 'tmpfs' }), 'profiles/compute.yaml') ?? '', /root: tmpfs\n$/);
  const menu = after(writeProfile('new', { kind: 'menu', items: ['compute'], timeoutSeconds: 8 }), 'profiles/new.yaml');
  assert.match(menu ?? '', /^kind: menu\nitems: \[ ?compute ?\]\n$/);
  assert.match(after(writeGroup('new', { priority: 0 }), 'groups.yaml') ?? '', /new: \{\}/);
  assert.match(
    after(writeGroup('rack1', { boot: 'compute', priority: 0 }), 'groups.yaml') ?? '',
    /rack1: \{ boot: compute, priority: 0 \}/,
  );
});

function nodeLine(at: number): string {
  return `n${at}: { macs: ['52:54:00:66:01:${String(at).padStart(2, '0')}'], groups: [gpu] }\n`;
}
