import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { recoverVisits } from '../../../src/desk/recover.ts';
import { writeVisitReport } from '../../../src/desk/report.ts';
import { verifyTarball } from '../../../src/desk/verify.ts';
import {
  bootScriptPath,
  CAPTURE_HEADER,
  capturePath,
  factsPath,
  Receipt,
  recordPath,
  SHA256_HEADER,
  TOKEN_HEADER,
  tokenArchivePath,
} from '../../../src/domain/api.ts';
import type { VisitPlace } from '../../../src/domain/visit/visit-start.ts';
import { type Master, startMaster } from '../../../src/master/master.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { decryptFile } from '../../../src/platform/archive/decrypted-file.ts';
import { makeDirectory } from '../../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { recordsStorage } from '../../../src/service/records-storage.ts';
import type { DataStorage } from '../../../src/service/stick/data-storage.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { signatureSentence } from '../../../src/tarball/signature.ts';
import { captureOf, manifestFor, recordFor, sha256Of, withoutSync } from '../../master/fixture-records.ts';
import { R640 } from '../../master/visit/known-visit.ts';

const HTTP_PORT = 20_000 + (process.pid % 12_000);
const [ONE, TWO, MASTER] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:0f'];

/** What is in records, captures, parts and places; each must be nowhere on the stick. */
const SECRETS = ['CANARY', 'B5RM2M2', 'PowerEdge', '4c4c4544', 'Example', 'sw1', '192.0.2.9', '0c:c4:7a', '0c-c4-7a', '52:54', '52-54'];

interface Room {
  root: string;
  stick: string;
  ram: string;
  recipient: string;
}

interface Booted extends AsyncDisposable {
  master: Master;
  /** in the order of the service: services first, then what is left is brought to the stick */
  end: () => Promise<string | undefined>;
}

async function boot({ root, stick, ram, recipient }: Room, time: string, state: string, visit?: 'continue'): Promise<Booted> {
  const bytes = Buffer.from('x');
  for (const name of ['live', 'loaders', 'stick']) await makeDirectory(join(root, name));
  const medium = { look: async () => undefined, reopen: async () => {} };
  const onStick: DataStorage = {
    ...{ directory: stick, storage: 'stick', reason: undefined, sync: withoutSync, medium },
    close: async () => undefined,
  };
  const kept = await recordsStorage({
    data: onStick,
    settings: { encryptRecords: true },
    encryptTo: recipient,
    say: assert.fail,
    ramDirectory: ram,
  });
  const place: VisitPlace = R640;
  const master = await startMaster({
    manifest: { ...manifestFor({ kernel: bytes, initrd: bytes, rootImage: bytes }), builtAt: '2026-01-01T00:00:00Z' },
    ...{ liveDirectory: join(root, 'live'), loaderDirectory: join(root, 'loaders'), dataDirectory: kept.directory, storage: kept.storage },
    ...{ syncData: kept.sync, stateDirectory: join(root, state), postFile: join(root, 'post.tgz'), segments: [], encryptTo: recipient },
    ...(kept.space === undefined ? {} : { dataSpace: kept.space }),
    ...(kept.medium === undefined ? {} : { medium: kept.medium }),
    ...(visit === undefined ? {} : { visit }),
    inventorySelf: async () => ({
      mac: MASTER,
      record: Buffer.from(JSON.stringify(recordFor('CANARY-MASTER'))),
      capture: captureOf({ 'capture.json': '{"captureVersion":1,"commands":[]}' }),
      lateCommands: 0,
    }),
    earlyRecord: ({ files }) => recordFor(`EARLY ${[...(files?.keys() ?? [])].join()}`),
    ...{ log: silentLog, httpPort: HTTP_PORT, now: () => new Date(time), place },
  });
  let ended: Promise<string | undefined> | undefined;
  const end = (): Promise<string | undefined> => {
    ended ??= master.stop().then(kept.close);
    return ended;
  };
  return { master, end, [Symbol.asyncDispose]: async () => void (await end()) };
}

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${HTTP_PORT}${path}`, init);

async function send(mac: string, path: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> {
  await ask(bootScriptPath(mac));
  const archive = Buffer.from(await (await ask(tokenArchivePath(mac))).arrayBuffer()).toString('latin1');
  const [, token = ''] = /recon-token\0+([0-9a-f]{64})/.exec(archive) ?? [];
  const all = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(body), ...headers };
  return ask(path, { method: path.endsWith('/facts') ? 'POST' : 'PUT', body: Buffer.from(body), headers: all });
}

async function deliver(mac: string): Promise<Receipt> {
  const answer = await send(mac, recordPath(mac), JSON.stringify(recordFor(`CANARY-${mac}`)));
  assert.equal(answer.status, 200, await answer.clone().text());
  return Receipt.parse(await answer.json());
}

async function isStored(mac: string): Promise<boolean> {
  return !/root=live:/.test(await (await ask(`${bootScriptPath(mac)}?serial=${encodeURIComponent(`CANARY-${mac}`)}`)).text());
}

/** Every byte below a directory, and every name. */
async function secretsIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const text = `${entry.name} ${entry.isFile() ? (await readFile(path)).toString('latin1') : ''}`;
    found.push(...SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${path.slice(directory.length)}`));
  }
  return found;
}

async function machinesIn(path: string): Promise<string[]> {
  const macs: string[] = [];
  for await (const { mac } of (await openVisit(path)).nodes()) macs.push(mac);
  return macs.sort();
}

async function room(root: string): Promise<Room & { key: string }> {
  const { identity, recipient } = await newAgeKeys();
  const key = join(root, 'key.txt');
  await writeFile(key, identity);
  return { root, key, recipient, stick: join(root, 'stick'), ram: join(root, 'ram') };
}

test('a whole visit leaves nothing of a machine on the stick, at any moment, and its tarball is as ever', async () => {
  await using directory = await temporaryDirectory('recon-encrypted-');
  const all = await room(directory.path);
  const { stick, ram, key } = all;
  await using booted = await boot(all, '2026-06-03T08:00:00Z', 'state');
  const capture = captureOf({ 'capture.json': '{"captureVersion":1,"commands":[]}', 'fs/sys/x': 'CANARY-CAPTURE' });
  assert.equal((await send(ONE, capturePath(ONE), capture)).status, 200);
  assert.deepEqual(await secretsIn(stick), [], 'while a capture waits for its record');
  const record = JSON.stringify(recordFor(`CANARY-${ONE}`));
  assert.equal((await send(ONE, recordPath(ONE), record, { [CAPTURE_HEADER]: sha256Of(capture) })).status, 200);
  const line = JSON.stringify({ path: 'fs/sys/class/dmi/id/product_serial', base64: Buffer.from('CANARY-PART').toString('base64') });
  assert.equal((await send(TWO, factsPath(TWO), `${line}\n`)).status, 204);
  assert.deepEqual(await secretsIn(stick), [], 'after a receipt, and with what an initrd sent');
  assert.notDeepEqual(await secretsIn(ram), [], 'the search can find something');
  assert.ok((await readdir(join(ram, 'partial'))).length > 0);
  assert.equal(await isStored(ONE), true);
  assert.equal((await deliver(TWO)).storage, 'stick');
  await booted.master.seal();
  assert.deepEqual(await secretsIn(stick), [], 'after a seal');
  assert.equal(await booted.end(), undefined);
  assert.deepEqual(await secretsIn(stick), [], 'at the end');
  const tarballs = (await readdir(stick)).filter((name) => name.startsWith('recon-'));
  assert.equal(tarballs.length, 1, 'earlier tarballs of this start are replaced');
  assert.deepEqual((await readdir(stick)).sort(), ['encrypted', ...tarballs, 'visits.jsonl']);
  await using plain = await decryptFile(join(stick, tarballs[0] ?? ''), key);
  assert.deepEqual(await machinesIn(plain.path), [ONE, TWO, MASTER].sort());
  const told = { print: () => {}, onProgress: () => {}, checkSignature: signatureSentence, name: 'x', code: booted.master.signingCode };
  await verifyTarball(plain.path, told);
});

test('a restart of the service goes on with what is in RAM: who is stored stays so, and nothing is sent twice', async () => {
  await using directory = await temporaryDirectory('recon-encrypted-');
  const all = await room(directory.path);
  await using first = await boot(all, '2026-06-03T08:00:00Z', 'state');
  const receipt = await deliver(ONE);
  await first.end();
  await using again = await boot(all, '2026-06-03T08:10:00Z', 'state');
  assert.deepEqual([again.master.current.start.id, again.master.current.words], [first.master.current.start.id, []]);
  assert.equal(await isStored(ONE), true);
  assert.deepEqual(await deliver(ONE), receipt);
  assert.equal((await readdir(join(all.stick, 'encrypted'))).length, 1);
});

test('a restart of the machine knows nothing of before and says so; at home nothing is missing, with and without the tarballs', async () => {
  await using directory = await temporaryDirectory('recon-encrypted-');
  const all = await room(directory.path);
  const { root, stick, ram, key } = all;
  await using first = await boot(all, '2026-06-03T08:00:00Z', 'state');
  await deliver(ONE);
  await first.end();
  await rm(ram, { recursive: true });
  await using second = await boot(all, '2026-06-03T09:00:00Z', 'state-2');
  assert.match(second.master.current.words.join(' '), /NEW VISIT, number 2.*encryptRecords.*recon merge/);
  assert.equal(await isStored(ONE), false);
  await deliver(TWO);
  await second.end();
  await rm(ram, { recursive: true });
  await using third = await boot(all, '2026-06-03T10:00:00Z', 'state-3', 'continue');
  assert.equal(third.master.current.start.id, second.master.current.start.id);
  await deliver(ONE);
  await third.end();
  assert.deepEqual(await secretsIn(stick), []);
  const tarballs = (await readdir(stick)).filter((name) => name.startsWith('recon-'));
  assert.equal(tarballs.length, 3, 'a start that cannot read a tarball never takes its place');

  const found = await recoverVisits(stick, { output: join(root, 'out.tar.gz'), identity: key, warn: () => {} });
  assert.deepEqual(
    found.map(({ visit, machines }) => [visit?.number, machines]),
    [
      [1, 2],
      [2, 3],
    ],
  );
  const joined = found[1]?.path ?? '';
  assert.deepEqual(await machinesIn(joined), [ONE, TWO, MASTER].sort());
  const told = { print: () => {}, onProgress: () => {}, checkSignature: signatureSentence, name: 'x' };
  await assert.rejects(verifyTarball(joined, told), { code: 'tarball-unsigned' });
  await writeVisitReport(await openVisit(joined), join(root, 'report'), () => {});
  assert.match(await readFile(join(root, 'report/report.html'), 'utf8'), /CANARY-52:54:00:00:00:01/);
});
