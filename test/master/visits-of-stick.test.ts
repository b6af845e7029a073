import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bootScriptPath, factsPath, Receipt, recordPath, SHA256_HEADER, TOKEN_HEADER, tokenArchivePath } from '../../src/domain/api.ts';
import type { VisitPlace } from '../../src/domain/visit/visit-start.ts';
import { VisitManifest, VisitNode } from '../../src/domain/visit-tarball.ts';
import { type Master, startMaster } from '../../src/master/master.ts';
import { isAllDone } from '../../src/master/show/console-screen.ts';
import { makeDirectory } from '../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { tarballFiles } from '../seal/tarball-files.ts';
import { captureOf, manifestFor, recordFor, sha256Of, withoutSync } from './fixture-records.ts';
import { OTHER, R640 } from './visit/known-visit.ts';

const HTTP_PORT = 20_000 + (process.pid % 12_000);
const [ONE, TWO, MASTER] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:0f'];
const [MAY, JUNE] = ['recon-site-2026-05-03.tar.gz', 'recon-site-2026-06-03.tar.gz'];

/** The stick boots: everything in RAM is new. A test that fails leaves no master behind. */
async function boot(root: string, time: string, place: VisitPlace): Promise<Master & AsyncDisposable> {
  const master = await start(root, time, place);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= master.stop();
    return stopped;
  };
  // `visit` and the like are asked anew each time
  return Object.assign(Object.create(master) as Master, { stop, [Symbol.asyncDispose]: stop });
}

async function start(root: string, time: string, place: VisitPlace): Promise<Master> {
  const bytes = Buffer.from('x');
  for (const name of ['live', 'loaders']) await makeDirectory(join(root, name));
  return startMaster({
    manifest: { ...manifestFor({ kernel: bytes, initrd: bytes, rootImage: bytes }), builtAt: '2026-01-01T00:00:00Z' },
    ...{ liveDirectory: join(root, 'live'), loaderDirectory: join(root, 'loaders'), dataDirectory: join(root, 'data') },
    ...{
      stateDirectory: join(root, `ram-${time}-${place.serial}`),
      storage: 'stick',
      syncData: withoutSync,
      postFile: join(root, 'post.tgz'),
      segments: [],
    },
    inventorySelf: async () => ({
      mac: MASTER,
      record: Buffer.from(JSON.stringify(recordFor(`MASTER ${place.serial}`))),
      capture: captureOf({ 'capture.json': '{"captureVersion":1,"commands":[]}' }),
      lateCommands: 0,
    }),
    earlyRecord: ({ files }) => recordFor(`EARLY ${[...(files?.keys() ?? [])].join()}`),
    ...{ log: silentLog, httpPort: HTTP_PORT, now: () => new Date(time), place },
  });
}

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${HTTP_PORT}${path}`, init);

/** Whether the machine is sent to its own disk, because the master has its record. */
async function isStored(mac: string): Promise<boolean> {
  return !/root=live:/.test(await (await ask(`${bootScriptPath(mac)}?serial=${encodeURIComponent(mac)}`)).text());
}

async function send(mac: string, path: string, body: string, method = 'PUT'): Promise<Response> {
  await ask(bootScriptPath(mac));
  const archive = Buffer.from(await (await ask(tokenArchivePath(mac))).arrayBuffer()).toString('latin1');
  const [, token = ''] = /recon-token\0+([0-9a-f]{64})/.exec(archive) ?? [];
  return ask(path, { method, body, headers: { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(body) } });
}

async function deliver(mac: string): Promise<Receipt> {
  const answer = await send(mac, recordPath(mac), JSON.stringify(recordFor(mac)));
  assert.equal(answer.status, 200, await answer.clone().text());
  return Receipt.parse(await answer.json());
}

async function tarballOf(path: string): Promise<{ manifest: VisitManifest; nodes: VisitNode[]; ledger: string; report: string }> {
  const files = await tarballFiles(await readFile(path));
  const textOf = (name: string): string => files.get(name)?.toString('utf8') ?? '';
  return {
    manifest: VisitManifest.parse(JSON.parse(textOf('manifest.json'))),
    nodes: textOf('nodes.jsonl')
      .trim()
      .split('\n')
      .map((line) => VisitNode.parse(JSON.parse(line))),
    ...{ ledger: textOf('ledger.jsonl'), report: textOf('report.html') },
  };
}

const tarballsIn = async (data: string): Promise<string[]> => (await readdir(data)).filter((name) => name.startsWith('recon-'));
const macsOf = (nodes: readonly VisitNode[]): string[] => nodes.map(({ mac }) => mac).sort();

test("May's stick in June: no machine is done before it is on, each is inventoried again, and the tarball of June holds June", async () => {
  await using directory = await temporaryDirectory('recon-visits-');
  const [root, data] = [directory.path, join(directory.path, 'data')];
  await using may = await boot(root, '2026-05-03T10:00:00Z', R640);
  assert.deepEqual(may.current.words, []);
  for (const mac of [ONE, TWO]) assert.equal((await deliver(mac)).revision, 1);
  assert.equal(await isStored(ONE), true);
  await may.stop();
  assert.deepEqual(await tarballsIn(data), [MAY]);
  const mayBytes = await readFile(join(data, MAY));

  await using june = await boot(root, '2026-06-03T10:00:00Z', R640);
  assert.match(june.current.words.join('\n'), /NEW VISIT, number 2[\s\S]*3 machines of 2026-05-03/);
  assert.deepEqual(
    june
      .nodes()
      .map(({ mac }) => mac)
      .filter((mac) => mac !== MASTER),
    [],
  );
  assert.equal(isAllDone(june.visit()), false);
  assert.equal(june.visit().visit?.number, 2);
  assert.deepEqual(
    june.visit().earlier?.map(({ visit, machines }) => [visit?.number, machines]),
    [[1, 3]],
  );
  assert.equal((await ask(recordPath(ONE))).status, 404);
  assert.equal(await isStored(ONE), false);
  const receipt = await deliver(ONE);
  assert.deepEqual([receipt.revision, receipt.visit?.number, receipt.storedAt], [2, 2, '2026-06-03T10:00:00.000Z']);
  assert.deepEqual(
    june.nodes().flatMap(({ mac, hasReceipt }) => (mac === MASTER ? [] : [[mac, hasReceipt]])),
    [[ONE, true]],
  );
  await june.stop();
  assert.deepEqual(await readFile(join(data, MAY)), mayBytes, "May's tarball stays as it is");
  const { manifest, nodes, ledger, report } = await tarballOf(join(data, JUNE));
  assert.deepEqual(macsOf(nodes), [ONE, MASTER]);
  assert.deepEqual(
    nodes.map(({ visit, storedAt }) => [visit, storedAt]),
    nodes.map(() => [manifest.visit?.id, '2026-06-03T10:00:00.000Z']),
  );
  assert.deepEqual([manifest.machines, manifest.visit?.number, manifest.earlierVisits?.map(({ machines }) => machines)], [2, 2, [3]]);
  assert.equal(
    manifest.earlierVisits?.[0]?.visit !== undefined && 'place' in manifest.earlierVisits[0].visit,
    false,
    "another's hall is not told",
  );
  assert.doesNotMatch(ledger, /2026-05|52:54:00:00:00:02/);
  assert.match(report, /This is visit 2, begun 2026-06-03 10:00 UTC \(PowerEdge R640 B5RM2M2\)/);
  assert.match(report, /Earlier on the same stick, and not in here: 3 machines of 2026-05-03/);
});

test('a power cut in June: the same machine goes on, another one that was not seen there does not, and no visit touches the tarball of another', async () => {
  await using directory = await temporaryDirectory('recon-visits-');
  const [root, data] = [directory.path, join(directory.path, 'data')];
  await using first = await boot(root, '2026-06-03T08:00:00Z', R640);
  await deliver(ONE);
  await first.stop();
  await using again = await boot(root, '2026-06-03T09:00:00Z', R640);
  assert.match(again.current.words[0] ?? '', /^VISIT 1 GOES ON[\s\S]*2 machines have their record already/);
  assert.deepEqual([await isStored(ONE), await isStored(TWO)], [true, false]);
  await deliver(TWO);
  await again.stop();
  const [name, ...others] = await tarballsIn(data);
  assert.deepEqual(others, [], 'one tarball for one visit');
  assert.deepEqual(macsOf((await tarballOf(join(data, name ?? ''))).nodes), [ONE, TWO, MASTER]);

  await using moved = await boot(root, '2026-06-03T10:00:00Z', OTHER);
  assert.match(moved.current.words[0] ?? '', /^NEW VISIT, number 2[\s\S]*another machine/);
  assert.equal(await isStored(ONE), false);
  await moved.stop();
  const names = await tarballsIn(data);
  assert.equal(names.length, 2);
  assert.ok(names.includes(name ?? ''));
  const second = await tarballOf(join(data, names.find((one) => one !== name) ?? ''));
  assert.deepEqual([macsOf(second.nodes).includes(TWO), second.manifest.visit?.number], [false, 2]);
});

test('what an initrd sent in May is not what is known of the machine in June', async () => {
  await using directory = await temporaryDirectory('recon-visits-');
  const root = directory.path;
  const file = (path: string): string => `${JSON.stringify({ path, base64: '' })}\n`;
  await using may = await boot(root, '2026-05-03T10:00:00Z', R640);
  assert.equal((await send(ONE, factsPath(ONE), file('may'), 'POST')).status, 204);
  await may.stop();
  await using june = await boot(root, '2026-06-03T10:00:00Z', R640);
  await ask(bootScriptPath(ONE));
  await june.stop();
  const { nodes } = await tarballOf(join(root, 'data', JUNE));
  const early = nodes.find(({ mac }) => mac === ONE)?.record.sections.system;
  assert.equal(early?.status === 'ok' ? early.data.serial : '', 'EARLY ');
  assert.deepEqual(await readdir(join(root, 'data/partial')), ['52-54-00-00-00-01.jsonl']);
});
