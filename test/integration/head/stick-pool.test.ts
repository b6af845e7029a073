import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { runOk } from '../../../src/platform/process/command.ts';
import { MASTER_URL, type MasterRoom, masterRoom } from '../fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;
const LIMIT = { timeoutMs: 60_000 };
const [NODE, LATER, STRANGER] = ['52:54:00:00:07:01', '52:54:00:00:07:02', '52:54:00:00:07:99'];
const SCRIPT = `${MASTER_URL}/nodes/52-54-00-00-07-01/boot.ipxe?manufacturer=QEMU&platform=efi&buildarch=x86_64`;
const KERNEL = Buffer.from('the kernel of a node'.repeat(1000));
const NODES = `node-000: { macs: ['${NODE}'], boot: compute }\n`;

describe("a pool on the stick, and the master's real dnsmasq", { skip: isRoot ? false : 'needs root' }, () => {
  let room: MasterRoom;
  let data: string;
  before(async () => {
    room = await masterRoom();
    data = join(room.root, 'data');
    await writePool(join(data, 'pool'));
    await room.start();
    await room.event(({ kind }) => kind === 'serving');
    await room.event(({ kind }) => kind === 'listening');
  });
  after(() => room[Symbol.asyncDispose]());

  const asMachine = ['--user-agent', 'iPXE/1.21.1'];
  const script = async (): Promise<string> => (await room.curl([...asMachine, SCRIPT])).body.toString();
  /** as the system of a node asks for its lease */
  const isAnswered = async (mac: string): Promise<boolean> =>
    (await room.dhcp({ mac, options: { 60: 'systemd:255.4-1' }, waitMs: 2000 })).length > 0;

  it('answers a node whatever its system calls itself, and no other machine of that kind', async () => {
    assert.deepEqual([await isAnswered(NODE), await isAnswered(STRANGER)], [true, false]);
  });

  it('gives a node the script and the image of its profile, and everybody else the inventory', async () => {
    assert.match(
      await script(),
      /node-000 boots compute[\s\S]*kernel --name kernel http:\/\/10\.77\.0\.1\/pool\/images\/debian\/3\/kernel/,
    );
    const { body } = await room.curl([...asMachine, `${MASTER_URL}/pool/images/debian/3/kernel`]);
    assert.deepEqual(body, KERNEL);
    const other = await room.curl([...asMachine, SCRIPT.replace('07-01', '07-99')]);
    assert.match(other.body.toString(), /root=live:http:\/\/bang\/install/);
  });

  it('is controlled with the PIN, or on the master itself, and the next script says it', async () => {
    const order = ['--json', '{"selector":"node-000","boot":"local-disk"}', `${MASTER_URL}/control/pool`] as const;
    assert.equal((await room.curl([...order])).status, 403);
    assert.match(await script(), /boots compute/);
    const own = ['curl', '--silent', '--show-error', '--json', order[1], 'http://127.0.0.1/control/pool'] as const;
    assert.match(await runOk(room.master.inside([...own]), LIMIT), /"nodes":\["node-000"\]/);
    assert.match(await script(), /node-000 boots local-disk/);
    assert.match(await readFile(join(data, 'pool/nodes.yaml'), 'utf8'), /boot: local-disk/);
    const page = JSON.parse((await room.curl([`${MASTER_URL}/pool/state`])).body.toString());
    assert.deepEqual([page.revision, page.nodes[0].assigned], [2, 'local-disk']);
  });

  it('takes what is edited on the stick, and answers a node that is new there', async () => {
    await writeFile(join(data, 'pool/nodes.yaml'), `${NODES}node-001: { macs: ['${LATER}'] }\n`);
    let isKnown = false;
    for (let tries = 0; tries < 30 && !isKnown; tries += 1) {
      isKnown = await isAnswered(LATER);
      if (!isKnown) await setTimeout(200);
    }
    assert.ok(isKnown, 'it was never answered');
    assert.match(await script(), /boots compute/);
  });
});

async function writePool(folder: string): Promise<void> {
  const entry = { sizeBytes: KERNEL.length, sha256: createHash('sha256').update(KERNEL).digest('hex') };
  const about = {
    name: 'debian',
    version: 3,
    kind: 'compute',
    architecture: 'x86_64',
    builtAt: '2026-11-29T06:00:00Z',
    kernelRelease: '6.12',
  };
  const manifest = JSON.stringify({ manifestVersion: 1, ...about, files: { kernel: entry, ramdisk: entry, 'root.sqfs': entry } });
  const files = {
    ...{ 'nodes.yaml': NODES, 'profiles/compute.yaml': 'kind: compute\nimage: debian\n' },
    ...{ 'images/debian/3/kernel': KERNEL, 'images/debian/3/ramdisk': KERNEL, 'images/debian/3/root.sqfs': KERNEL },
    'images/debian/3/manifest.json': manifest,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
