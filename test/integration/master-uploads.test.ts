import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyTarball } from '../../src/desk/verify.ts';
import {
  bootScriptPath,
  CAPTURE_HEADER,
  capturePath,
  progressPath,
  Receipt,
  recordPath,
  SHA256_HEADER,
  TOKEN_HEADER,
  tokenArchivePath,
} from '../../src/domain/api.ts';
import type { Child } from '../../src/platform/process/child.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { signatureSentence } from '../../src/tarball/signature.ts';
import { captureOf, recordFor, sha256Of } from '../master/fixture-records.ts';
import { PARTS } from './fixtures/image-parts.ts';
import { MASTER_URL, type MasterRoom, masterRoom } from './fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;
const MAC = '52:54:00:aa:00:01';

describe('the master over HTTP: a real process in a network namespace', { skip: isRoot ? false : 'needs root' }, () => {
  let room: MasterRoom;
  let master: Child;
  before(async () => {
    room = await masterRoom();
    await runOk(['mkdir', join(room.root, 'data')], { timeoutMs: 60_000 });
    await runOk(['mount', '-t', 'tmpfs', '-o', 'size=34m', 'recon-test', join(room.root, 'data')], { timeoutMs: 60_000 });
    master = await start();
  });
  after(async () => {
    await master.stop();
    await run(['umount', join(room.root, 'data')], { timeoutMs: 60_000 });
    await room[Symbol.asyncDispose]();
  });

  async function start(): Promise<Child> {
    room.events.length = 0;
    const child = await room.start();
    await room.event(({ kind }) => kind === 'listening');
    await room.event(({ kind }) => kind === 'serving');
    return child;
  }

  /** Asks for script and token as iPXE does. */
  async function boot(mac: string): Promise<string> {
    const script = await room.curl([`${MASTER_URL}${bootScriptPath(mac)}?again=1&buildarch=x86_64&serial=S%201`]);
    assert.equal(script.status, 200);
    assert.match(script.body.toString('utf8'), new RegExp(`^initrd --name recon-token.cpio ${MASTER_URL}${tokenArchivePath(mac)} `, 'm'));
    const archive = await room.curl([`${MASTER_URL}${tokenArchivePath(mac)}`]);
    return /recon-token\0+([0-9a-f]{64})/.exec(archive.body.toString('latin1'))?.[1] ?? '';
  }

  const put = (path: string, token: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    room.curl(
      [
        '-X',
        'PUT',
        '-H',
        `${TOKEN_HEADER}: ${token}`,
        ...Object.entries({ [SHA256_HEADER]: sha256Of(body), ...headers }).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
        '--data-binary',
        '@-',
        `${MASTER_URL}${path}`,
      ],
      body,
    );

  async function upload(mac: string, token: string, record: string, capture: Buffer): Promise<{ status: number; receipt: Receipt }> {
    const stored = await put(capturePath(mac), token, capture, { [SHA256_HEADER]: sha256Of(capture) });
    assert.equal(stored.status, 200, stored.body.toString('utf8'));
    const { status, body } = await put(recordPath(mac), token, record, {
      [SHA256_HEADER]: sha256Of(record),
      [CAPTURE_HEADER]: sha256Of(capture),
    });
    return { status, receipt: Receipt.parse(JSON.parse(body.toString('utf8'))) };
  }

  it('survives kill -9 in the middle of an upload: one record, one receipt', async () => {
    const token = await boot(MAC);
    const record = JSON.stringify(recordFor('KILL'));
    const capture = captureOf({ 'raw/noise.out': randomBytes(2_000_000) });
    const path = join(room.root, 'capture');
    await writeFile(path, capture);
    const slow = startChild(
      room.peer.inside([
        'curl',
        '--silent',
        '--limit-rate',
        '400K',
        '-H',
        `${TOKEN_HEADER}: ${token}`,
        '-H',
        `${SHA256_HEADER}: ${sha256Of(capture)}`,
        '-T',
        path,
        `${MASTER_URL}${capturePath(MAC)}`,
      ]),
    );
    const incoming = join(room.root, 'data/incoming');
    const half = async (): Promise<boolean> => {
      for (const name of await readdir(incoming)) if ((await stat(join(incoming, name))).size > 300_000) return true;
      return false;
    };
    let ended = false;
    void slow.exited.then(() => {
      ended = true;
    });
    while (!(await half())) {
      assert.ok(!ended, 'the upload ended before it was interrupted');
      await delay(50);
    }
    master.kill('SIGKILL');
    await master.exited;
    await slow.exited;

    master = await start();
    assert.deepEqual(await readdir(incoming), [], 'the half upload is gone');
    const first = await upload(MAC, token, record, capture);
    assert.equal(first.status, 200);
    assert.equal(first.receipt.recordSha256, sha256Of(record));
    assert.equal(first.receipt.captureSha256, sha256Of(capture));
    assert.equal(first.receipt.revision, 1);
    const again = await upload(MAC, token, record, capture);
    assert.deepEqual(again.receipt, first.receipt);
    const directory = join(room.root, 'data/records', MAC.replaceAll(':', '-'));
    assert.deepEqual(await readdir(directory), ['0001']);
    assert.equal(sha256Of(await readFile(join(directory, '0001/record.json'))), sha256Of(record));
    assert.equal(sha256Of(await readFile(join(directory, '0001/capture.jsonl.gz'))), sha256Of(capture));
  });

  it('knows its lease, its receipts and its token after kill -9', async () => {
    const token = await boot(MAC);
    master.kill('SIGKILL');
    await master.exited;
    master = await start();
    const other = await put(recordPath(MAC), token, JSON.stringify(recordFor('KILL-2')));
    assert.equal(
      JSON.parse(other.body.toString('utf8')).code,
      'record-kept',
      'token and first revision are still known; there is no lease here',
    );
    const { body } = await room.curl([`${MASTER_URL}/nodes`]);
    const node = JSON.parse(body.toString('utf8')).find((one: { mac: string }) => one.mac === MAC);
    assert.equal(node.hasReceipt, true);
    assert.equal(node.serial, 'KILL');
  });

  it('keeps the code of the visit through kill -9 and an orderly restart, and its key to itself', async () => {
    const seal = async (): Promise<string> => {
      const argv = ['curl', '--silent', '--fail', '-X', 'POST', 'http://127.0.0.1/control/seal'] as const;
      const { name } = JSON.parse(await runOk(room.master.inside(argv), { timeoutMs: 30_000 }));
      let printed = '';
      await verifyTarball(join(room.root, 'data', name), {
        print: (text) => (printed += text),
        onProgress: () => {},
        checkSignature: signatureSentence,
      });
      const code = /Its code is (\S+):/.exec(printed)?.[1];
      assert.ok(code !== undefined, printed);
      return code;
    };
    const written = await seal();
    master.kill('SIGKILL');
    await master.exited;
    master = await start();
    assert.equal(await seal(), written);
    assert.equal((await master.stop()).exitCode, 0);
    master = await start();
    assert.equal(await seal(), written);
    const keyFile = join(room.root, 'state/signing-key.pem');
    assert.equal((await stat(keyFile)).mode & 0o777, 0o600);
    const key = (await readFile(keyFile, 'utf8')).split('\n')[1] ?? '';
    assert.ok(key.length > 40);
    const found = await run(['grep', '-rlF', key, join(room.root, 'data')], { timeoutMs: 60_000 });
    assert.equal(found.stdout.toString('utf8'), '', 'the key is on the stick');
  });

  it('names each refusal, and loses nothing that it acknowledged', async () => {
    const mac = '52:54:00:aa:00:02';
    const used = await boot(mac);
    const record = JSON.stringify(recordFor('OK'));
    const { receipt } = await upload(mac, used, record, captureOf({ a: 'b' }));
    // without a lease a machine replaces no record: what is refused is one's first
    const first = '52:54:00:aa:00:07';
    const fresh = await boot(first);
    const refusals: [what: string, status: number, code: string, request: () => ReturnType<typeof put>][] = [
      ['another token', 403, 'token-wrong', () => put(recordPath(mac), 'ab'.repeat(32), record)],
      ["another machine's token", 403, 'token-wrong', async () => put(recordPath(mac), await boot('52:54:00:aa:00:03'), record)],
      ['100 MB', 413, 'body-too-large', () => put(recordPath(first), fresh, Buffer.alloc(100_000_000, 'x'))],
      [
        '100 MB without a length',
        413,
        'body-too-large',
        () => put(recordPath(first), fresh, Buffer.alloc(100_000_000, 'x'), { 'transfer-encoding': 'chunked' }),
      ],
      ['broken JSON', 400, 'body-malformed', () => put(recordPath(first), fresh, '{"schemaVersion":1,')],
      ['JSON that is no record', 400, 'body-malformed', () => put(recordPath(first), fresh, '{}')],
      [
        'JSON like a matryoshka',
        400,
        'body-malformed',
        () => put(recordPath(first), fresh, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      ],
      ['another hash', 422, 'hash-mismatch', () => put(recordPath(first), fresh, record, { [SHA256_HEADER]: sha256Of('other') })],
      ['no capture', 409, 'attachment-missing', () => put(recordPath(first), fresh, record, { [CAPTURE_HEADER]: sha256Of('none') })],
      ['a capture that is not gzip', 400, 'body-malformed', () => put(capturePath(first), fresh, 'plain text')],
      ['a bomb', 413, 'body-too-large', () => put(capturePath(first), fresh, captureOf({ bomb: Buffer.alloc(120_000_000) }))],
      ['a capture for which the disk is too full', 413, 'capture-left-out', () => put(capturePath(first), fresh, randomBytes(16_000_000))],
      [
        'progress that is none',
        400,
        'body-malformed',
        () => room.curl(['-H', `${TOKEN_HEADER}: ${fresh}`, '-d', '{"stage":"offer"}', `${MASTER_URL}${progressPath(first)}`]),
      ],
    ];
    for (const [what, status, code, request] of refusals) {
      const answer = await request();
      assert.equal(answer.status, status, `${what}: ${answer.body.toString('utf8')} ${answer.result.stderr.toString('utf8')}`);
      assert.equal(JSON.parse(answer.body.toString('utf8')).code, code, what);
    }
    const full = await put(capturePath(first), fresh, randomBytes(16_000_000), {});
    assert.equal(full.status, 413);
    assert.deepEqual((await upload(mac, used, record, captureOf({ a: 'b' }))).receipt, receipt);
    const { body } = await room.curl([`${MASTER_URL}/nodes/${mac}/record`]);
    assert.deepEqual(JSON.parse(body.toString('utf8')), JSON.parse(record));
  });

  it('serves the image whole and in ranges, and notes the bytes', async () => {
    const mac = '52:54:00:aa:00:04';
    await boot(mac);
    const url = `${MASTER_URL}/install/recon/recon-13.0.1.squashfs`;
    const whole = await room.curl([url]);
    assert.equal(sha256Of(whole.body), sha256Of(PARTS.rootImage));
    const part = await room.curl(['-r', '4999990-5000009', url]);
    assert.equal(part.status, 206);
    assert.equal(part.body.toString('utf8'), PARTS.rootImage.slice(4_999_990, 5_000_010));
    const head = await room.curl(['-I', url]);
    assert.match(head.body.toString('utf8'), new RegExp(`content-length: ${PARTS.rootImage.length}`, 'i'));
    assert.match(head.body.toString('utf8'), new RegExp(`etag: "${sha256Of(PARTS.rootImage)}"`, 'i'));
    await room.event(({ kind, event }) => kind === 'ledger' && isRootImage(event, PARTS.rootImage.length));
  });

  it('lets only itself seal, and the tarball holds every acknowledged record', async () => {
    const refused = await room.curl(['-X', 'POST', `${MASTER_URL}/control/seal`]);
    assert.equal(refused.status, 403);
    const sealed = JSON.parse(
      await runOk(room.master.inside(['curl', '--silent', '--fail', '-X', 'POST', 'http://127.0.0.1/control/seal']), { timeoutMs: 30_000 }),
    );
    const { body } = await room.curl([`${MASTER_URL}/export/${sealed.name}`]);
    assert.equal(sha256Of(body), sealed.sha256);
    const listing = await run(['tar', '-tzf', '-'], { timeoutMs: 60_000, input: body });
    const names = listing.stdout.toString('utf8').trim().split('\n');
    for (const name of [
      'report.html',
      'nodes.jsonl',
      'nodes.csv',
      'ledger.jsonl',
      'manifest.json',
      'nodes/52-54-00-aa-00-01/node.json',
      'nodes/52-54-00-aa-00-02/capture/a',
      'nodes/52-54-00-77-00-01/node.json',
    ]) {
      assert.ok(names.includes(name), `${name} is not in the tarball`);
    }
    assert.equal(names.length, new Set(names).size);
    const content = await run(['tar', '-xzOf', '-'], { timeoutMs: 60_000, input: body });
    const state = await readFile(join(room.root, 'state/tokens.jsonl'), 'utf8');
    const tokens = [...state.matchAll(/"token":"([0-9a-f]{64})"/g)].map((found) => found[1] ?? '');
    assert.ok(tokens.length > 0);
    for (const token of tokens) assert.equal(content.stdout.includes(token), false, 'a token is in the tarball');
  });

  it('starts dnsmasq again when it dies', async () => {
    const pid = Number(await readFile(join(room.root, 'state/dnsmasq.pid'), 'utf8'));
    room.events.length = 0;
    process.kill(pid, 'SIGKILL');
    await room.event(({ kind, part }) => kind === 'fault' && part === 'dnsmasq');
    await room.event(({ kind }) => kind === 'serving');
    assert.equal((await room.dhcp({ mac: '52:54:00:aa:00:05', options: { 60: 'PXEClient', 93: '0x0000' } })).length, 1);
  });

  it('ends in order: sealed, and nothing of it runs on', async () => {
    await boot('52:54:00:aa:00:06');
    const pid = await readFile(join(room.root, 'state/dnsmasq.pid'), 'utf8');
    assert.equal((await master.stop()).exitCode, 0);
    assert.ok(room.events.some(({ kind }) => kind === 'sealed'));
    await assert.rejects(stat(`/proc/${pid.trim()}`));
  });
});

function isRootImage(event: unknown, bytes: number): boolean {
  return (
    typeof event === 'object' &&
    event !== null &&
    'stage' in event &&
    event.stage === 'root-image' &&
    'bytes' in event &&
    event.bytes === bytes
  );
}
