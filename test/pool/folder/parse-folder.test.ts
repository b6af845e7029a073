import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPoolFile, poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';

const GOOD = {
  'pool.yaml': `networks:
  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.10.200.1-10.10.250.254, domain: cluster.internal, leaseSeconds: 3600, router: none }
unknown: local-disk
default: local-disk
menu: { title: Rack 4, timeoutSeconds: 8, default: local-disk, items: [local-disk, compute, failsafe, recon] }
rules:
  - { when: { vendor: Dell*, serial: [ABC*, DEF*] }, boot: compute@3 }
  - { when: { memoryGiB: '<4' }, boot: failsafe }
  - { when: { switch: sw-r12*, port: '1..24', firmware: uefi }, boot: compute, group: rack12 }
`,
  'nodes.yaml': `node-000: { macs: ['52:54:00:66:00:01', '52-54-00-66-00-02'], address: 10.10.0.10, groups: [rack1], tags: [gpu], boot: compute }
node-001: { macs: ['525400660003'], address: 10.10.0.11, once: failsafe }
`,
  'groups.yaml': 'rack1: { boot: compute@3, priority: 10, arguments: [] }\nrack12: {}\n',
  'profiles/compute.yaml': `kind: compute
image: compute-debian-13@3
root: squashfs
arguments: [console=tty0, 'console=ttyS0,115200n8', 'role=\${node.tags}']
files: [ssh-keys, motd]
firstBoot: { script: files/site.sh }
persist: [{ path: /var/lib/puppet/ssl, from: 'nfs:head:/srv/recon/persist/\${node.name}/puppet' }, { path: /home, from: 'nfs:head:/home' }]
disks: read-only
`,
};

const folder = (changes: Record<string, string> = {}): Map<string, string> => new Map(Object.entries({ ...GOOD, ...changes }));

test('the pool of the handbook', () => {
  const result = poolFromFiles(folder());
  assert.ok(result.outcome === 'ok', JSON.stringify(result));
  const { pool } = result;
  assert.deepEqual(pool.nodes.get('node-000')?.macs, ['52:54:00:66:00:01', '52:54:00:66:00:02']);
  assert.deepEqual([...pool.profiles.keys()], ['local-disk', 'recon', 'hold', 'failsafe', 'compute', 'menu']);
  assert.equal(pool.places.get('node node-001'), 'nodes.yaml line 2');
  assert.equal(pool.places.get('rule 3'), 'pool.yaml line 9');
  assert.equal(pool.places.get('default'), 'pool.yaml line 4');
});

test('an empty folder changes no machine', () => {
  const result = poolFromFiles(new Map());
  assert.ok(result.outcome === 'ok');
  assert.deepEqual(
    [result.pool.settings.unknown, result.pool.settings.default, result.pool.places.get('default')],
    ['local-disk', 'local-disk', undefined],
  );
});

test('nodes in many files, and in pool.yaml', () => {
  const result = poolFromFiles(folder({ 'nodes.d/rack2.yaml': "node-100: { macs: ['52:54:00:66:01:00'] }\n" }));
  assert.ok(result.outcome === 'ok');
  assert.equal(result.pool.places.get('node node-100'), 'nodes.d/rack2.yaml line 1');
  assert.deepEqual([...poolNodes({ 'pool.yaml': "nodes:\n  a: { macs: ['52:54:00:66:01:00'] }\n" })], ['a']);
});

test('which files say something', () => {
  const names = [
    'pool.yaml',
    'nodes.d/a.yaml',
    'profiles/x.yaml',
    'nodes.d/.a.yaml',
    'nodes.d/a.yaml~',
    'README.md',
    'files/all/a.yaml',
    'groups.yml',
  ];
  assert.deepEqual(names.filter(isPoolFile), ['pool.yaml', 'nodes.d/a.yaml', 'profiles/x.yaml']);
});

const BAD: readonly [what: string, changes: Record<string, string>, mistake: string][] = [
  [
    'a placeholder of nobody',
    { 'profiles/compute.yaml': `kind: compute\nimage: c\narguments:\n  - a=b\n  - role=\${node.tag}\n` },
    `profiles/compute.yaml 5: arguments.1: there is no \${node.tag}; did you mean \${node.tags}?; `,
  ],
  [
    "a placeholder of the boot loader's own",
    { 'groups.yaml': `rack1: {}\nrack12:\n  arguments: ['mac=\${net0/mac}']\n` },
    `groups.yaml 3: rack12.arguments.0: there is no \${net0/mac}; known are \${node.name}, \${node.tags}, \${node.address}, \${group}, \${image.version}, \${head.address}; `,
  ],
  [
    'a command of the boot loader',
    { 'groups.yaml': 'rack1: {}\nrack12:\n  arguments: [a, "&&", shell]\n' },
    'groups.yaml 3: rack12.arguments.1: this ends a command of the boot loader; it is no argument; ',
  ],
  [
    'an unknown key',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], adress: 10.10.0.10 }\n" },
    'nodes.yaml 1: a: "adress" is not a setting; did you mean "address"?',
  ],
  [
    'an unknown key of a profile',
    { 'profiles/compute.yaml': 'kind: compute\nimage: c\nimages: d\n' },
    'profiles/compute.yaml 3: "images" is not a setting; did you mean "image"?',
  ],
  [
    'broken YAML',
    { 'groups.yaml': 'rack1: { boot: compute\n' },
    'groups.yaml 1: this is not YAML: Flow map in block collection must be sufficiently indented and end with a }; ',
  ],
  [
    'a key twice',
    { 'groups.yaml': 'rack1: {}\nrack12: {}\nrack1: {}\n' },
    'groups.yaml 3: this is not YAML: this key stands twice; take out the one that is not meant',
  ],
  [
    'a MAC address twice',
    { 'nodes.d/x.yaml': "z: { macs: ['52:54:00:66:00:01'] }\n" },
    'nodes.yaml 1: MAC address 52:54:00:66:00:01 of node-000 is one of z already (nodes.d/x.yaml line 1); ',
  ],
  [
    'an address twice',
    { 'nodes.d/x.yaml': "z: { macs: ['52:54:00:66:00:09'], address: 10.10.0.10 }\n" },
    'nodes.yaml 1: address 10.10.0.10 of node-000 is one of z already (nodes.d/x.yaml line 1); ',
  ],
  [
    'a node in two files',
    { 'nodes.d/x.yaml': "node-000: { macs: ['52:54:00:66:00:09'] }\n" },
    'nodes.yaml 1: node node-000 is in nodes.d/x.yaml line 1 already; take one of the two out',
  ],
  [
    'an address of another network',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], address: 10.11.0.10 }\n" },
    'nodes.yaml 1: address 10.11.0.10 of a is in no network of the pool; networks: 10.10.0.0/16',
  ],
  [
    'an address that anybody may get',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], address: 10.10.200.1 }\n" },
    'nodes.yaml 1: address 10.10.200.1 of a lies in the range of private that anybody gets addresses of (10.10.200.1-10.10.250.254); take one outside of it',
  ],
  [
    'the last address of the range',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], address: 10.10.250.254 }\n" },
    'nodes.yaml 1: address 10.10.250.254 of a lies in the range of private that anybody gets addresses of (10.10.200.1-10.10.250.254); take one outside of it',
  ],
  [
    'the broadcast address',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], address: 10.10.255.255 }\n" },
    'nodes.yaml 1: address 10.10.255.255 of a is the first or last of private, which no machine can have; inside 10.10.0.0/16',
  ],
  [
    'a profile that is not there',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], boot: compue }\n" },
    'nodes.yaml 1: a: boot: there is no profile compue; did you mean compute?',
  ],
  [
    'a one-shot that is not there',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], once: failsave }\n" },
    'nodes.yaml 1: a: once: there is no profile failsave; did you mean failsafe?',
  ],
  [
    'a rule to nowhere',
    { 'pool.yaml': 'rules:\n  - { when: { vendor: x }, boot: compute }\n  - { when: { vendor: y }, boot: nowhere }\n' },
    'pool.yaml 3: boot: there is no profile nowhere; ',
  ],
  [
    'a rule for everything',
    { 'pool.yaml': 'rules:\n  - { when: {}, boot: compute }\n' },
    'pool.yaml 2: rules.0.when: a rule without a condition would match everything; use `default`; ',
  ],
  [
    'a version of what has none',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], boot: local-disk@2 }\n" },
    'nodes.yaml 1: a: boot: local-disk is of kind local-disk, which has no versions; write local-disk',
  ],
  [
    'a version that is no number',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], boot: compute@x }\n" },
    'nodes.yaml 1: a.boot: a profile, or a profile with a version, such as compute or compute@3; ',
  ],
  [
    'a group that is not there',
    { 'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], groups: [rack2] }\n" },
    'nodes.yaml 1: there is no group rack2; did you mean rack1?',
  ],
  [
    'two groups of one priority with two answers',
    {
      'nodes.yaml': "a: { macs: ['52:54:00:66:00:01'], groups: [rack1, rack12] }\n",
      'groups.yaml': 'rack1: { boot: compute }\nrack12: { boot: hold }\n',
    },
    'nodes.yaml 1: a is in groups of the same priority 0: rack1 says compute, rack12 says hold; give one of them a higher priority',
  ],
  [
    'a menu of nothing that is there',
    { 'pool.yaml': 'menu: { items: [computer], default: hold }\n' },
    'pool.yaml 1: menu: there is no profile computer; did you mean compute?',
  ],
  [
    'a range outside',
    { 'pool.yaml': 'networks:\n  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.11.0.1-10.11.0.9 }\n' },
    'pool.yaml 2: private: range 10.11.0.1-10.11.0.9 is not inside 10.10.0.0/16; ',
  ],
  [
    'a range backwards',
    { 'pool.yaml': 'networks:\n  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.10.9.9-10.10.0.1 }\n' },
    'pool.yaml 2: private: range 10.10.9.9-10.10.0.1 ends before it begins; ',
  ],
  ['a name with a dot', { 'nodes.yaml': "a.b: { macs: ['52:54:00:66:00:01'] }\n" }, 'nodes.yaml 1: a.b: '],
  ['no MAC address', { 'nodes.yaml': 'a: { macs: [52:54] }\n' }, 'nodes.yaml 1: a.macs.0: not a MAC address: 52:54; '],
  ['a profile of no kind', { 'profiles/compute.yaml': 'kind: computer\n' }, 'profiles/compute.yaml 1: kind: '],
];

for (const [what, changes, mistake] of BAD) {
  test(`${what}: refused, with file, line and what to do`, () => {
    const result = poolFromFiles(folder(changes));
    assert.ok(result.outcome === 'wrong');
    const told = result.mistakes.map(({ file, line, message, hint }) => `${file} ${line}: ${message}; ${hint ?? ''}`);
    assert.ok(
      told.some((one) => one.startsWith(mistake)),
      told.join('\n'),
    );
  });
}

test('all mistakes of a folder at once', () => {
  const result = poolFromFiles(folder({ 'groups.yaml': 'rack1: { bot: x }\n', 'nodes.yaml': 'a: { mac: x }\n' }));
  assert.ok(result.outcome === 'wrong');
  assert.deepEqual(new Set(result.mistakes.map(({ file }) => file)), new Set(['groups.yaml', 'nodes.yaml']));
});

function poolNodes(files: Record<string, string>): Iterable<string> {
  const result = poolFromFiles(new Map(Object.entries(files)));
  assert.ok(result.outcome === 'ok');
  return result.pool.nodes.keys();
}

test('nodes that stand in pool.yaml itself are found line by line, and so is what stands behind them', () => {
  const text = [
    'unknown: hold',
    'nodes:   # by hand',
    '  # the first',
    "  a: { macs: ['52:54:00:66:00:01'] }",
    '  b:',
    "    macs: ['52:54:00:66:00:02']",
    '',
    'rules:',
    '  - { when: { serial: X* }, boot: recon }',
    'default: recon',
  ].join('\n');
  const result = poolFromFiles(new Map([['pool.yaml', text]]));
  assert.ok(result.outcome === 'ok', JSON.stringify(result));
  const { pool } = result;
  const places = ['node a', 'node b', 'rule 1', 'default', 'unknown'].map((key) => pool.places.get(key));
  assert.deepEqual(
    places,
    [4, 5, 9, 10, 1].map((line) => `pool.yaml line ${line}`),
  );
  const broken = poolFromFiles(new Map([['pool.yaml', text.replace('default: recon', 'defalt: recon').replace('a: { macs', 'a: { mac')]]));
  const mistakes = broken.outcome === 'wrong' ? broken.mistakes.map(({ line, message }) => `${line}: ${message}`) : [];
  assert.deepEqual(
    mistakes.map((one) => Number.parseInt(one, 10)),
    [4, 4, 10],
    mistakes.join('\n'),
  );
});
