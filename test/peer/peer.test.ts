import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { CAPTURE_HEADER } from '../../src/domain/api.ts';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { capture } from '../../src/peer/capture/capture.ts';
import { wholeInventoryOf } from '../../src/peer/inventory.ts';
import { runPeer, runPeerWork } from '../../src/peer/peer.ts';
import { BUILT_IN_RUN, POST_PROGRAM } from '../../src/peer/post-archive.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Argv, CommandResult } from '../../src/platform/process/command.ts';
import { run } from '../../src/platform/process/command.ts';
import { type FakePeer, fakePeer, RECEIPT, refusedConnection, type SeenRequest } from './fake-peer.ts';

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function storing({ path, headers, body }: SeenRequest): Response {
  if (path.endsWith('/progress')) return new Response(undefined, { status: 204 });
  if (path.endsWith('/capture')) return Response.json({});
  return Response.json({ ...RECEIPT, recordSha256: hash(body), captureSha256: headers.get(CAPTURE_HEADER) });
}

/** A workload as a person would make it: a directory packed by tar. */
async function archiveOf(directory: string, script: string, prepare: (path: string) => Promise<void> = async () => {}): Promise<Buffer> {
  const path = join(directory, 'workload');
  await mkdir(path);
  await writeFile(join(path, 'run'), script);
  await chmod(join(path, 'run'), 0o755);
  await prepare(path);
  const tar = await run(['tar', '-C', path, '-cz', '.'], { timeoutMs: 60_000, keepFinalNewline: true });
  return tar.stdout;
}

/** A peer with a BMC; tar is the real one. */
async function peerWith(directory: string, post: Response | (() => Response)): Promise<FakePeer> {
  const peer = await fakePeer(directory, (request) =>
    request.path !== '/post.tgz' ? storing(request) : typeof post === 'function' ? post() : post.clone(),
  );
  await writeFile(join(peer.root, 'dev/ipmi0'), '');
  const fake = peer.run;
  peer.run = async (argv: Argv, options): Promise<CommandResult> => (argv[0] === 'tar' ? run(argv, options) : fake(argv, options));
  return peer;
}

const tgz = (bytes: Buffer): Response => new Response(new Uint8Array(bytes));
const powerOffs = (peer: FakePeer): number => peer.commands.filter((command) => command === 'systemctl poweroff').length;
const records = (peer: FakePeer): SeenRequest[] => peer.requests.filter(({ path }) => path.endsWith('/record'));
const said = (peer: FakePeer): string => peer.lines.join(' ').replaceAll(/\s+/g, ' ');

test('peer-work: collect, upload, receipt, power', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await peerWith(directory.path, refusedConnection);
  const outcome = await runPeerWork(peer);
  assert.equal(outcome.kind, 'powering-off');
  const sent = records(peer)[0]?.body ?? Buffer.alloc(0);
  assert.equal(outcome.receipt?.recordSha256, hash(sent));
  assert.ok(NodeRecord.parse(JSON.parse(sent.toString('utf8'))).collectors.length > 0);
  assert.equal(powerOffs(peer), 1);
  assert.ok(peer.commands.indexOf('dmidecode') < peer.commands.indexOf('sync'));
});

test("the master's workload does the work, with what it needs in its environment, and the power step is done once", async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const script = [
    '#!/bin/sh',
    'echo "workload $RECON_MASTER_URL $RECON_BOOT_MAC $(cat "$RECON_TOKEN_FILE" | wc -c) $("$RECON_NODE" -p 6*7)"',
    `echo '${JSON.stringify(RECEIPT)}' > "$RECON_RUN_DIRECTORY/receipt.json"`,
    'exit 3',
  ].join('\n');
  const peer = await peerWith(directory.path, tgz(await archiveOf(directory.path, script)));
  const outcome = await runPeer(peer);
  assert.deepEqual(outcome, { kind: 'powering-off', receipt: RECEIPT });
  assert.ok(peer.lines.includes('workload http://10.77.0.1 52:54:00:aa:00:01 65 42'), peer.lines.join('\n'));
  assert.equal(records(peer).length, 0);
  assert.equal(powerOffs(peer), 1);
});

test('a workload that is the program which runs already is called, and started only when it is another one', async () => {
  for (const isSame of [true, false]) {
    await using directory = await temporaryDirectory('recon-test-');
    const program = join(directory.path, 'program.cjs');
    await writeFile(program, '// ours');
    const inside = async (path: string): Promise<void> => writeFile(join(path, POST_PROGRAM), isSame ? '// ours' : '// another');
    const peer = await peerWith(directory.path, tgz(await archiveOf(directory.path, BUILT_IN_RUN, inside)));
    const started: string[] = [];
    const { startChild } = peer;
    peer.program = program;
    peer.startChild = (argv, options) => {
      started.push(argv.join(' '));
      return startChild(argv, options);
    };
    assert.equal((await runPeer(peer)).kind, 'powering-off');
    assert.equal(started.length, isSame ? 0 : 1, started.join());
    assert.equal(records(peer).length, 1);
    assert.equal(powerOffs(peer), 1);
    assert.equal(/using the collectors of the image/.test(said(peer)), !isSame, said(peer));
  }
});

test('a workload that switched off itself is not repeated', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const script = `#!/bin/sh\necho '${JSON.stringify(RECEIPT)}' > "$RECON_RUN_DIRECTORY/receipt.json"\necho powering-off > "$RECON_RUN_DIRECTORY/power"\n`;
  const peer = await peerWith(directory.path, tgz(await archiveOf(directory.path, script)));
  assert.equal((await runPeer(peer)).kind, 'powering-off');
  assert.equal(powerOffs(peer), 0);
});

test("whatever is wrong with the workload, the image's own collectors step in and say why", async () => {
  const link = async (path: string): Promise<void> => symlink('/etc', join(path, 'link'));
  const cases: [what: string, post: (directory: string) => Promise<Response | (() => Response)>, why: RegExp][] = [
    ['it fails', async (path) => tgz(await archiveOf(path, '#!/bin/sh\nexit 7\n')), /without a receipt \(exit code 7\)/],
    ['it does nothing', async (path) => tgz(await archiveOf(path, '#!/bin/sh\n')), /without a receipt \(exit code 0\)/],
    ['it cannot start', async (path) => tgz(await archiveOf(path, '#!/nonexistent\n')), /without a receipt/],
    [
      'a wrong receipt',
      async (path) => tgz(await archiveOf(path, '#!/bin/sh\necho {} > "$RECON_RUN_DIRECTORY/receipt.json"\n')),
      /without a receipt/,
    ],
    ['it has a link', async (path) => tgz(await archiveOf(path, '#!/bin/sh\n', link)), /no plain file/],
    ['it is no archive', async () => tgz(Buffer.from('post')), /cannot be unpacked/],
    ['there is none', async () => new Response('', { status: 404 }), /HTTP status 404/],
    ['nobody answers', async () => refusedConnection, /connection refused/],
  ];
  for (const [what, post, why] of cases) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await peerWith(directory.path, await post(directory.path));
    assert.equal((await runPeer(peer)).kind, 'powering-off', what);
    assert.match(said(peer), why, what);
    assert.equal(records(peer).length, 1, what);
    assert.equal(powerOffs(peer), 1, what);
  }
});

test('the master has two minutes to show up', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  let refusals = 3;
  const post = tgz(await archiveOf(directory.path, `#!/bin/sh\necho '${JSON.stringify(RECEIPT)}' > "$RECON_RUN_DIRECTORY/receipt.json"\n`));
  const peer = await peerWith(directory.path, () => {
    refusals -= 1;
    return refusals < 0 ? post : refusedConnection();
  });
  await runPeer(peer);
  assert.equal(records(peer).length, 0);
  assert.equal(peer.waits.length, 3);

  await using another = await temporaryDirectory('recon-test-');
  const alone = await peerWith(another.path, refusedConnection);
  await runPeer(alone);
  const waitedMs = alone.waits.reduce((sum, waitMs) => sum + waitMs, 0);
  assert.ok(waitedMs > 30_000 && waitedMs <= 120_000, String(waitedMs));
});

test('a receipt of an earlier life does not count', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await peerWith(directory.path, new Response('', { status: 404 }));
  await writeFile(join(peer.runDirectory, 'receipt.json'), JSON.stringify(RECEIPT));
  await runPeer(peer);
  assert.equal(records(peer).length, 1);
});

test('a refusal ends with words on the screen and the power on', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, () =>
    Response.json({ code: 'record-kept', message: 'there is a record already' }, { status: 403 }),
  );
  const outcome = await runPeer(peer);
  assert.equal(outcome.kind, 'failed');
  assert.match(said(peer), /there is a record already.*Boot the machine from the network again/);
  assert.equal(powerOffs(peer), 0);
  const told = peer.requests
    .filter(({ path }) => path.endsWith('/progress'))
    .map(({ body }) => JSON.parse(Buffer.from(body).toString('utf8')));
  assert.match(told.findLast(({ stage }) => stage === 'upload')?.detail, /there is a record already/, 'the master shows why');
});

test("the master's own inventory is record and capture", async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, storing);
  const path = join(directory.path, 'capture');
  await capture(path, { run: peer.run, root: peer.root, log: silentLog });
  const { record, capture: packed } = await wholeInventoryOf(path);
  assert.equal(NodeRecord.parse(JSON.parse(record.toString('utf8'))).schemaVersion, 1);
  assert.deepEqual([...packed.subarray(0, 2)], [0x1f, 0x8b]);
});

test('a peer that is not root has a warden capture, say if there is a BMC, and switch off', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await peerWith(directory.path, new Response(undefined, { status: 404 }));
  const asked: string[] = [];
  peer.run = async (argv) => {
    asked.push(argv.join(' '));
    const nothing = Buffer.alloc(0);
    return { argv, status: 'failed', exitCode: 1, signal: undefined, stdout: nothing, stderr: nothing, durationMs: 1 };
  };
  peer.warden = {
    socket: '/nowhere',
    leave: () => {},
    capture: async (path, { onCommand }) => {
      onCommand({ id: 'lscpu' });
      return capture(path, { run: peer.run, root: join(directory.path, 'root'), log: silentLog, parts: ['links'] });
    },
    openLogin: async () => [],
    hasBmc: async () => true,
    shutDown: async () => void asked.push('shut down'),
    runWorkload: async () => assert.fail('there is none'),
  };
  const outcome = await runPeer(peer);
  assert.equal(outcome.kind, 'powering-off', said(peer));
  assert.deepEqual(
    asked.filter((command) => !/^(ip|lldpctl) /.test(command)),
    ['sync', 'shut down'],
    'nothing that takes root',
  );
  const details = peer.requests
    .filter(({ path }) => path.endsWith('/progress'))
    .map(({ body }) => JSON.parse(body.toString('utf8')).detail);
  assert.ok(details.includes('lscpu'), `of a command of the warden nobody knows yet whether it worked: ${details.join(', ')}`);
});
