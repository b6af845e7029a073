import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commandRig } from './api/command-rig.ts';

const NETWORK = 'networks:\n  private: { interface: eth1, subnet: 10.10.0.0/16, range: 10.10.200.1-10.10.250.254 }\n';
const TAG = { 'if-match': '*' };

/** A head with an API, asked as programs do and by the command line; nobody sits at its terminal. */
async function rig(t: TestContext) {
  const head = await commandRig(t);
  await writeFile(join(head.folder, 'pool.yaml'), NETWORK);
  await writeFile(join(head.folder, 'nodes.yaml'), NODES);
  await head.store.refresh();
  return head;
}

const NODES = `# the first rack
node-000: { macs: ['52:54:00:66:00:01'], address: 10.10.0.10, boot: compute, once: compute@3 }
node-001: { macs: ['52:54:00:66:00:03'], serial: 'CZ31' }
`;

interface Row {
  input: string;
  /** method, path below /api/v1, body; and what the answer says, with its status */
  api: readonly [method: string, path: string, body: unknown];
  status: number;
  /** words of the command line that mean the same; `FILE` is a file with the text */
  words: readonly string[];
  text?: string | Buffer;
  /** both say it */
  says: RegExp;
}

const importOf = (text: string | Buffer): Pick<Row, 'api' | 'words' | 'text'> => ({
  api: ['POST', '/nodes/import', { csv: text.toString() }],
  words: ['node', 'import', 'FILE'],
  text,
});
const addOf = (mac: string, address: string): Pick<Row, 'api' | 'words'> => ({
  api: ['POST', '/nodes', { name: 'node-002', macs: [mac], address }],
  words: ['node', 'add', 'node-002', '--address', address, '--mac', mac],
});

/** Bad inputs of people, row by row: each has its sentence, the same by API and by command, and nothing is lost. */
const ROWS: readonly Row[] = [
  {
    input: 'a MAC address twice',
    ...addOf('52-54-00-66-00-01', '10.10.0.12'),
    status: 422,
    says: /nodes\.yaml line 4: MAC address 52:54:00:66:00:01 of node-002 is one of node-000 already \(nodes\.yaml line 2\)/,
  },
  {
    input: 'an address that is taken',
    ...addOf('525400660009', '10.10.0.10'),
    status: 422,
    says: /address 10\.10\.0\.10 of node-002 is one of node-000 already \(nodes\.yaml line 2\)/,
  },
  {
    input: 'an address outside the subnet',
    ...addOf('525400660009', '10.11.0.10'),
    status: 422,
    says: /10\.11\.0\.10 of node-002 is in no network of the pool.*10\.10\.0\.0\/16/s,
  },
  {
    input: 'an address inside the range',
    ...addOf('525400660009', '10.10.200.10'),
    status: 422,
    says: /10\.10\.200\.10 of node-002 lies in the range of private/,
  },
  {
    input: 'an address that no machine can have',
    ...addOf('525400660009', '10.10.255.255'),
    status: 422,
    says: /first or last of private/,
  },
  {
    input: 'a profile that is not there',
    ...{ api: ['POST', '/assignments', { selector: 'node-000', boot: 'compoute' }], words: ['assign', 'node-000', 'compoute'] },
    ...{ status: 400, says: /there is no profile compoute.*Did you mean compute\?/s },
  },
  {
    input: 'a version that is not there',
    ...{ api: ['POST', '/assignments', { selector: 'node-000', boot: 'compute@9' }], words: ['assign', 'node-000', 'compute@9'] },
    ...{ status: 400, says: /there is no version 9 of debian.*There are 3\./s },
  },
  {
    input: 'a selector that matches nothing',
    ...{ api: ['POST', '/assignments', { selector: 'node-0000', boot: 'hold' }], words: ['assign', 'node-0000', 'hold'] },
    ...{ status: 400, says: /node-0000 matches no node.*Did you mean node-000\?/s },
  },
  {
    input: 'a group that matches nothing',
    ...{ api: ['POST', '/assignments', { selector: 'group:rack11', boot: 'hold' }], words: ['assign', 'group:rack11', 'hold'] },
    ...{ status: 400, says: /matches no node.*Did you mean group:rack1\?/s },
  },
  {
    input: 'a group without a node',
    ...{ api: ['POST', '/assignments', { selector: 'group:empty', boot: 'hold' }], words: ['assign', 'group:empty', 'hold'] },
    ...{ status: 400, says: /no node is in the group empty yet.*recon node set NODE groups=empty/s },
  },
  {
    input: 'brackets that do not close',
    ...{ api: ['POST', '/assignments', { selector: 'node-[000-001', boot: 'hold' }], words: ['assign', 'node-[000-001', 'hold'] },
    ...{ status: 400, says: /node-\[000-001: what is in brackets is no range.*node-\[000-039\]/s },
  },
  {
    input: 'a version of what has none',
    ...{ api: ['POST', '/assignments', { selector: 'node-000', boot: 'local-disk@3' }], words: ['assign', 'node-000', 'local-disk@3'] },
    ...{
      status: 422,
      says: /nodes\.yaml line 2: node-000: boot: local-disk is of kind local-disk, which has no versions; write local-disk/,
    },
  },
  {
    input: 'a node by its card',
    ...{ api: ['PATCH', '/nodes/52:54:00:66:00:01', { note: 'x' }], words: ['node', 'set', '52:54:00:66:00:01', 'note=x'] },
    ...{ status: 404, says: /there is no node 52:54:00:66:00:01.*It is a card of node-000/s },
  },
  {
    input: 'a node without a name',
    ...{ api: ['DELETE', '/nodes/%20', undefined], words: ['node', 'rm', ' '] },
    ...{ status: 404, says: /there is no node/ },
  },
  {
    input: 'a note that is too long',
    ...{ api: ['PATCH', '/nodes/node-000', { note: 'x'.repeat(201) }], words: ['node', 'set', 'node-000', `note=${'x'.repeat(201)}`] },
    ...{ status: 400, says: /note: 200 letters at most/ },
  },
  {
    input: 'a node without a card',
    ...{ api: ['PATCH', '/nodes/node-000', { macs: [] }], words: ['node', 'set', 'node-000', 'macs='] },
    ...{ status: 400, says: /macs: at least 1 entry|a node has one card at least.*recon node rm/s },
  },
  {
    input: 'an address that is none',
    ...addOf('525400660009', '300.1.1.1'),
    ...{ status: 400, says: /address: an IPv4 address, such as 10\.10\.0\.10/ },
  },
  {
    input: 'an empty selector',
    ...{ api: ['POST', '/assignments', { selector: '', boot: 'hold' }], words: ['assign', '', 'hold'] },
    ...{ status: 400, says: /selector: it is empty/ },
  },
  {
    input: 'a node that is not there',
    ...{ api: ['PATCH', '/nodes/nod-000', { note: 'x' }], words: ['node', 'set', 'nod-000', 'note=x'] },
    ...{ status: 404, says: /there is no node nod-000.*Did you mean node-000\?/s },
  },
  {
    input: 'a list without names of columns',
    ...importOf('a;52:54:00:66:00:07\n'),
    status: 400,
    says: /line 1: the first line names no column for/,
  },
  { input: 'an empty list', ...importOf('\uFEFF\n'), status: 400, says: /line 1: the list is empty/ },
  {
    input: 'a list with one bad line',
    ...importOf('name;mac\na;52:54:00:66:00:07\nb;zz\n'),
    status: 400,
    says: /line 3: "zz" is not a MAC address/,
  },
  {
    input: 'a list with a node that is there',
    ...importOf('name;mac\nnew;52:54:00:66:00:07\nold;52:54:00:66:00:03\n'),
    status: 422,
    says: /52:54:00:66:00:03 of old is one of node-001/,
  },
  {
    input: 'a list that has a machine twice',
    ...importOf('name;mac\na;52:54:00:66:00:07\nb;5254.0066.0007\n'),
    status: 400,
    says: /line 3: 52:54:00:66:00:07 is in line 2 already/,
  },
];

test(`${ROWS.length} bad inputs: one sentence by API and command line, and the folder is as it was, letter for letter`, async (t) => {
  const { ask, recon, store, folder, directory, warnings } = await rig(t);
  const { revision } = store.state();
  for (const {
    input,
    api: [method, path, body],
    status,
    words,
    text,
    says,
  } of ROWS) {
    const answer = await ask(method, path, { body, headers: TAG });
    assert.deepEqual([answer.status, says.test(`${answer.json.message} ${answer.json.hint}`)], [status, true], `${input}: ${answer.text}`);
    const file = join(directory, 'list.csv');
    if (text !== undefined) await writeFile(file, text);
    const told = await recon(words.map((word) => (word === 'FILE' ? file : word)));
    assert.match(told, says, input);
    assert.match(told, /^[12] /, `${input} is refused: ${told}`);
    assert.doesNotMatch(told, /openapi|Too small|Too big|Invalid input|expected/, input);
    assert.deepEqual([store.state().revision, await readFile(join(folder, 'nodes.yaml'), 'utf8')], [revision, NODES], input);
  }
  assert.deepEqual(warnings, []);
});

test('a list of a German spreadsheet, in each encoding that they save, is read; nodes of one list come together', async (t) => {
  const { recon, store, directory } = await rig(t);
  const list = 'Rechnername;MAC-Adresse;Bemerkung\r\nNEU-1;"52 54 00 66 01 01";"Gerät; oben"\r\nneu-2;5254.0066.0102;\r\n';
  const encodings: [string, Buffer][] = [
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${list}`)],
    ['windows-1252', Buffer.from(list, 'latin1')],
    ['UTF-16', Buffer.from(`\uFEFF${list}`, 'utf16le')],
  ];
  for (const [name, bytes] of encodings) {
    await writeFile(join(directory, 'list.csv'), bytes);
    assert.match(await recon(['node', 'import', join(directory, 'list.csv')]), /^0 /, name);
    assert.deepEqual(store.state().pool.nodes.get('neu-1'), { macs: ['52:54:00:66:01:01'], note: 'Gerät; oben' }, name);
    for (const node of ['neu-1', 'neu-2']) assert.match(await recon(['node', 'rm', node]), /^0 /);
  }
});

for (const [what, file, text, says] of [
  ['broken YAML', 'nodes.yaml', 'node-000: { macs: [\n', /nodes\.yaml line \d: this is not YAML/],
  [
    'an unknown key',
    'nodes.yaml',
    NODES.replace('address', 'adress'),
    /nodes\.yaml line 2: node-000: "adress" is not a setting.*did you mean "address"\?/s,
  ],
  ['a name that stands twice', 'nodes.yaml', `${NODES}node-000: {}\n`, /nodes\.yaml line 4: this is not YAML: this key stands twice/],
  ['a profile of no kind', 'profiles/compute.yaml', 'kind: compoute\n', /profiles\/compute\.yaml line 1/],
] as const) {
  test(`${what} in the folder: the last good revision serves, whoever asks is told where, and nobody writes over it`, async (t) => {
    const { ask, recon, store, folder } = await rig(t);
    const { revision } = store.state();
    await writeFile(join(folder, file), text);
    const { json } = await ask('GET', '/pool');
    assert.match(JSON.stringify(json), new RegExp(`"${file.replace('.', '\\.')}"`));
    assert.match(await recon(['pool', 'check']), says);
    assert.match(await recon(['node', 'set', 'node-001', 'note=x']), /^2 somebody's edit of .* is not finished, and would be lost/);
    assert.equal((await ask('PATCH', '/nodes/node-001', { body: { note: 'x' }, headers: TAG })).status, 422);
    assert.deepEqual([store.state().revision, store.state().pool.nodes.get('node-000')?.boot], [revision, 'compute']);
    assert.equal(await readFile(join(folder, file), 'utf8'), text, 'the edit is still there');
  });
}

test('two writers: the slower one gets 409 with both sides, by API and command line, and the first change stays', async (t) => {
  const { ask, recon, store } = await rig(t);
  const before = store.state().revision;
  await recon(['node', 'set', 'node-001', 'note=first']);
  const late = await ask('PATCH', '/nodes/node-001', { body: { note: 'second' }, headers: { 'if-match': String(before) } });
  assert.equal(late.status, 409);
  assert.match(JSON.stringify([late.json.meanwhile, late.json.yours]), /note first.*second/s);
  assert.match(await recon(['node', 'set', 'node-001', 'note=second', '--if-revision', String(before)]), /^2 .*meanwhile.*note first/s);
  assert.equal(store.state().pool.nodes.get('node-001')?.note, 'first');
});

test('everything at once is asked about; where nobody sits nothing is changed', async (t) => {
  const { recon, store, directory } = await rig(t);
  const rows = Array.from({ length: 25 }, (_, at) => `many-${at};52540066ff${String(at).padStart(2, '0')}`);
  await writeFile(join(directory, 'list.csv'), `Name;MAC\n${rows.join('\n')}\n`);
  await recon(['node', 'import', join(directory, 'list.csv')]);
  const { revision } = store.state();
  assert.match(await recon(['assign', 'all', 'hold']), /^2 27 nodes are meant, and nobody is there to be asked/);
  assert.equal(store.state().revision, revision);
});

test('what is written into a file by and by is taken when it is whole', async (t) => {
  const { store, folder } = await rig(t);
  const whole = `${NODES}node-002: { macs: ['52:54:00:66:00:05'] }\n`;
  // half of it is a list of nodes, too
  await writeFile(join(folder, 'nodes.yaml'), NODES.split('\n').slice(0, 2).join('\n'));
  const looking = store.refresh();
  await writeFile(join(folder, 'nodes.yaml'), whole);
  assert.deepEqual([...(await looking).pool.nodes.keys()], ['node-000', 'node-001', 'node-002']);
});
