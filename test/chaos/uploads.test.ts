import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { peerDeps } from '../../src/peer/deps.ts';
import { recordBytes } from '../../src/peer/inventory.ts';
import { upload } from '../../src/peer/upload.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { appFixture } from '../master/app-fixture.ts';
import { captureOf, recordFor, sha256Of } from '../master/fixture-records.ts';
import { type BadProxy, badProxy } from './bad-proxy.ts';

const PEERS = 40;
const macOf = (peer: number): string => `52:54:00:ca:05:${peer.toString(16).padStart(2, '0')}`;

test('connections are cut, damaged and slow: each record arrives once, with the right hash', { timeout: 120_000 }, async () => {
  await using directory = await temporaryDirectory('recon-chaos-');
  await using master = await appFixture({ limits: { uploadsPerAddress: PEERS, connectionsPerAddress: 1000 } });
  const to = await master.app.listen({ host: '127.0.0.1', port: 0 });
  await using proxy = await badProxy({ to, seed: 7, delayMs: 200, troubles: ['none', 'cut', 'cut', 'damaged', 'damaged', 'slow'] });
  let tries = 0;
  const noteTry = (): void => {
    tries += 1;
  };
  const peers = Array.from({ length: PEERS }, (_, at) => macOf(at));
  const sent = await Promise.all(
    peers.map((mac) => sendRecord({ mac, proxy, directory: directory.path, mint: master.deps.tokens.mint, noteTry })),
  );
  for (const { mac, receipt, recordSha256, captureSha256 } of sent) {
    assert.equal(receipt.recordSha256, recordSha256);
    const home = join(master.deps.dataDirectory, 'records', mac.replaceAll(':', '-'));
    assert.deepEqual(await readdir(home), ['0001'], `${mac} is stored once`);
    assert.equal(sha256Of(await readFile(join(home, '0001/record.json'))), recordSha256, mac);
    assert.equal(sha256Of(await readFile(join(home, '0001/capture.jsonl.gz'))), captureSha256, mac);
  }
  assert.deepEqual(await readdir(join(master.deps.dataDirectory, 'incoming')), [], 'nothing half is left');
  // a network without trouble would prove nothing
  for (const trouble of ['cut', 'damaged', 'slow'] as const) assert.ok(proxy.had[trouble] >= 5, `${trouble}: ${proxy.had[trouble]}`);
  assert.ok(tries >= 10, `only ${tries} uploads had to be tried again`);
});

interface Sender {
  mac: string;
  proxy: BadProxy;
  directory: string;
  mint: (mac: string, address: string) => Promise<string>;
  noteTry: () => void;
}

/** The product's own upload; only the waits between two tries are short. */
async function sendRecord({ mac, proxy, directory, mint, noteTry }: Sender) {
  const tokenFile = join(directory, mac.replaceAll(':', ''));
  await writeFile(tokenFile, await mint(mac, '127.0.0.1'));
  const settings = { masterUrl: proxy.url, bootMac: mac, nodePath: process.execPath, tokenFile, runDirectory: directory };
  const deps = { ...peerDeps(settings, silentLog), sleep: async () => void (await new Promise(setImmediate)) };
  const record = recordFor(`SN-${mac}`);
  const capture = captureOf({ 'raw/noise.out': randomBytes(100_000) });
  const receipt = await upload({ record, capture, commands: [] }, deps, noteTry);
  return { mac, receipt, recordSha256: sha256Of(recordBytes(record)), captureSha256: sha256Of(capture) };
}
