import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atOnce } from '../../../src/platform/in-turns.ts';
import { assignNodes } from '../../../src/pool/change/assign.ts';
import { addNodes, adoptMachine, removeNode, renameNode, replaceNic, setNode } from '../../../src/pool/change/node-edits.ts';
import { removeGroup, removeProfile, writeGroup, writeProfile } from '../../../src/pool/change/part-edits.ts';
import { type PoolEdit, poolOf } from '../../../src/pool/change/pool-edit.ts';

const FILES = new Map([
  ['pool.yaml', '# the room\nunknown: local-disk # never change a machine\nnodes:\n  old: { macs: ["52:54:00:66:00:09"] }\n'],
  [
    'nodes.yaml',
    `# rack 1
node-000: # the first
  macs: ['52:54:00:66:00:01'] # onboard
  boot: hold # until it is mended
  groups: [rack1]

# bought in May
node-001: { macs: ['52:54:00:66:00:03'], address: 10.10.0.11, once: failsafe }
12: { macs: ['52:54:00:66:00:05'] }
`,
  ],
  ['nodes.d/b.yaml', "far: { macs: ['52:54:00:66:00:07'] }\n"],
  ['groups.yaml', '# racks\nrack1: { priority: 10 } # by the door\n'],
  ['profiles/live.yaml', '# the live system\nkind: linux\nkernel: live/vmlinuz # from the ISO\narguments: [quiet]\n'],
]);
const after = ({ edit }: PoolEdit, file: string): string | undefined => atOnce(edit(FILES)).get(file);

test('a value of a node changes in the file where the node is, and comments stay', () => {
  const text = after(setNode('node-000', { boot: 'failsafe', tags: ['gpu'], groups: null }), 'nodes.yaml');
  assert.match(
    text ?? '',
    /# rack 1\nnode-000: # the first\n {2}macs: \['52:54:00:66:00:01'\] # onboard\n {2}boot: failsafe # until it is mended\n/,
  );
  assert.match(text ?? '', /tags: \[gpu\]/);
  assert.doesNotMatch(text ?? '', /groups/);
  assert.match(text ?? '', /# bought in May\nnode-001/);
  assert.match(
    after(setNode('old', { note: 'x y' }), 'pool.yaml') ?? '',
    /# the room\nunknown: local-disk # never.*\nnodes:\n {2}old: .*note: 'x y'/,
  );
  assert.match(after(setNode('far', { boot: 'recon' }), 'nodes.d/b.yaml') ?? '', /far: \{ macs: \['52:54:00:66:00:07'\], boot: recon \}/);
});

test('a name of digits, written without quotes, is the same node', () => {
  const files = atOnce(setNode('12', { boot: 'recon' }).edit(FILES));
  assert.equal(files.get('nodes.yaml')?.match(/^'?"?12/gm)?.length, 1);
  assert.equal(poolOf(files).nodes.get('12')?.boot, 'recon');
});

test('a new node goes into nodes.yaml, its serial number in quotes; a name that is taken is refused with its place', () => {
  const text = after(addNodes([{ name: 'new-1', macs: ['52:54:00:66:00:11'], serial: '0012e3' }]), 'nodes.yaml');
  assert.match(text ?? '', /new-1: \{ macs: \['52:54:00:66:00:11'\], serial: '0012e3' \}/);
  assert.throws(() => atOnce(addNodes([{ name: 'old', macs: ['52:54:00:66:00:11'] }]).edit(FILES)), {
    code: 'usage',
    message: 'there is a node old already (pool.yaml line 4)',
  });
  const empty = atOnce(addNodes([{ name: 'a', macs: ['52:54:00:66:00:11'] }]).edit(new Map()));
  assert.equal(poolOf(empty).nodes.size, 1);
});

test('a node gets another name, and nothing else in its file changes; one that is taken is refused with its place', () => {
  const before = FILES.get('nodes.yaml') ?? '';
  assert.equal(after(renameNode('node-000', 'login'), 'nodes.yaml'), before.replace('node-000:', 'login:'));
  assert.equal(after(renameNode('12', '0a'), 'nodes.yaml'), before.replace('12:', "'0a':"));
  assert.equal(after(renameNode('old', 'older'), 'pool.yaml'), FILES.get('pool.yaml')?.replace('  old:', '  older:'));
  const { edit, renamed } = renameNode('far', 'near');
  assert.deepEqual([[...poolOf(atOnce(edit(FILES))).nodes.keys()].includes('near'), renamed], [true, { from: 'far', to: 'near' }]);
  assert.throws(() => atOnce(renameNode('far', 'old').edit(FILES)), {
    code: 'usage',
    message: 'there is a node old already (pool.yaml line 4)',
  });
  assert.throws(() => atOnce(renameNode('nobody', 'x').edit(FILES)), { code: 'not-found' });
  // in a file that is read as a whole, too
  const flow = new Map([['nodes.yaml', "{ a: { macs: ['52:54:00:66:00:01'] }, 'b': { macs: ['52:54:00:66:00:02'] } }\n"]]);
  assert.equal(atOnce(renameNode('b', 'c').edit(flow)).get('nodes.yaml'), flow.get('nodes.yaml')?.replace("'b'", 'c'));
});

test('a node goes out with what is written of it; the last one of a file takes the file with it', () => {
  assert.doesNotMatch(after(removeNode('node-001'), 'nodes.yaml') ?? '', /node-001/);
  assert.equal(after(removeNode('far'), 'nodes.d/b.yaml'), undefined);
  assert.throws(() => atOnce(removeNode('node-00').edit(FILES)), { code: 'not-found', hint: /Did you mean node-00/ });
});

test('a new card stands where the old one stood, which stays known as the last', () => {
  const files = atOnce(replaceNic('node-001', '52-54-00-66-00-03', '525400660021').edit(FILES));
  assert.deepEqual(poolOf(files).nodes.get('node-001')?.macs, ['52:54:00:66:00:21', '52:54:00:66:00:03']);
  // a second time, and back
  const back = atOnce(replaceNic('node-001', '52:54:00:66:00:21', '52:54:00:66:00:03').edit(files));
  assert.deepEqual(poolOf(back).nodes.get('node-001')?.macs, ['52:54:00:66:00:03', '52:54:00:66:00:21']);
  assert.throws(() => atOnce(replaceNic('node-001', '52:54:00:66:00:01', '52:54:00:66:00:21').edit(FILES)), { message: /has no card/ });
  assert.throws(() => atOnce(replaceNic('node-001', '52:54:00:66:00:03', '52:54:00:66:00:01').edit(FILES)), {
    message: 'the card 52:54:00:66:00:01 is one of node-000 already (nodes.yaml line 2)',
  });
  assert.throws(() => replaceNic('node-001', 'x', '52:54:00:66:00:01'), { code: 'usage' });
});

test('a machine that was seen becomes a node, with what its firmware said', () => {
  const { edit, what } = adoptMachine(poolOf(FILES), 'rack1-7', { mac: '52:54:00:66:00:31', serial: '0077' });
  assert.deepEqual(
    [what, poolOf(atOnce(edit(FILES))).nodes.get('rack1-7')],
    ['rack1-7 is 52:54:00:66:00:31, adopted', { macs: ['52:54:00:66:00:31'], serial: '0077' }],
  );
  assert.throws(() => adoptMachine(poolOf(FILES), 'x', { mac: '52:54:00:66:00:01' }), { message: /is node-000 already/ });
});

test('what nodes boot: from now on, once, and cleared', () => {
  const nodes = (edit: PoolEdit) => poolOf(atOnce(edit.edit(FILES))).nodes;
  const both = ['node-000', 'node-001'];
  assert.deepEqual(
    both.map((name) => nodes(assignNodes(both, { boot: 'recon' })).get(name)?.boot),
    ['recon', 'recon'],
  );
  assert.equal(nodes(assignNodes(both, { boot: 'recon' })).get('node-001')?.once, 'failsafe');
  assert.deepEqual(
    both.map((name) => nodes(assignNodes(both, { boot: 'recon', once: true })).get(name)?.once),
    ['recon', 'recon'],
  );
  const { boot, once } = nodes(assignNodes(['node-001'], { clear: true, once: true })).get('node-001') ?? {};
  assert.deepEqual([boot, once], [undefined, undefined]);
  assert.equal(nodes(assignNodes(['node-000'], { clear: true, once: true })).get('node-000')?.boot, 'hold');
  assert.equal(nodes(assignNodes(['node-000'], { clear: true })).get('node-000')?.boot, undefined);
  assert.throws(() => nodes(assignNodes(both, { boot: 'recom' })), { code: 'usage', hint: 'Did you mean recon?' });
  assert.throws(() => nodes(assignNodes(both, { boot: 'a b' })), { code: 'usage' });
  assert.equal(assignNodes(['a', 'b', 'c', 'd', 'e', 'f'], { boot: 'x', once: true }).what, 'a, b, c, d, e and 1 more: boots x, once');
});

test('ten thousand nodes are assigned with each file read once', () => {
  const text = Array.from({ length: 10_000 }, (_, at) => {
    const mac = at
      .toString(16)
      .padStart(6, '0')
      .replaceAll(/(..)(?=.)/g, '$1:');
    return `n${at}: { macs: ['52:54:00:${mac}'] }\n`;
  }).join('');
  const files = new Map([['nodes.yaml', text]]);
  const names = [...poolOf(files).nodes.keys()];
  const { nodes } = poolOf(atOnce(assignNodes(names, { boot: 'recon' }).edit(files)));
  assert.ok([...nodes.values()].every(({ boot }) => boot === 'recon'));
});

test('a group and a profile are written with their comments; what is not said any more goes', () => {
  const groups = after(writeGroup('rack1', { boot: 'recon', priority: 20 }), 'groups.yaml');
  assert.equal(groups, '# racks\nrack1: { priority: 20, boot: recon } # by the door\n');
  assert.match(after(writeGroup('rack2', { boot: 'recon' }), 'groups.yaml') ?? '', /rack2: \{ boot: recon \}/);
  assert.throws(() => atOnce(removeGroup('nope').edit(FILES)), { code: 'not-found' });
  const profile = after(writeProfile('live', { kind: 'linux', kernel: 'live/vmlinuz', initrd: ['live/initrd'] }), 'profiles/live.yaml');
  assert.equal(profile, "# the live system\nkind: linux\nkernel: live/vmlinuz # from the ISO\ninitrd: ['live/initrd']\n");
  assert.equal(after(removeProfile('live'), 'profiles/live.yaml'), undefined);
  assert.throws(() => atOnce(removeProfile('hold').edit(FILES)), { code: 'not-found', hint: 'Built-in profiles stay.' });
});

test('an alias is not written over', () => {
  const files = new Map([['nodes.yaml', "a: &a { macs: ['52:54:00:66:00:01'], boot: hold }\nb: { macs: ['52:54:00:66:00:02'] }\n"]]);
  const aliased = new Map([['groups.yaml', 'x: &x { priority: 1 }\ny: *x\n']]);
  assert.equal(poolOf(atOnce(setNode('b', { boot: 'recon' }).edit(files))).nodes.get('b')?.boot, 'recon');
  assert.throws(() => atOnce(writeGroup('y', { priority: 2 }).edit(aliased)), { code: 'usage', hint: /by hand/ });
});
