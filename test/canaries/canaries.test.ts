import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { pseudonymsOf } from '../../src/desk/share/pseudonyms.ts';
import { shareVisit } from '../../src/desk/share/share.ts';
import { recordPath } from '../../src/domain/api.ts';
import { peerDeps } from '../../src/peer/deps.ts';
import { runPeerWork } from '../../src/peer/peer.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Log } from '../../src/platform/log.ts';
import type { Argv, CommandResult } from '../../src/platform/process/command.ts';
import { appFixture } from '../master/app-fixture.ts';
import { CANARIES, type Canary } from './canary-table.ts';
import { seededAnswer, writeSeededHost } from './seeded-host.ts';

const MAC = CANARIES.nicMac.value;
const all: readonly Canary[] = Object.values(CANARIES);

/** Everything that can be read afterwards, unpacked, by where it lies. */
interface Left {
  logs: string;
  record: string;
  stick: string;
  tarball: string;
  shared: string;
  token: string;
}

describe('canaries: what a machine knows, and where it comes to', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let left: Left;
  before(async () => {
    directory = await temporaryDirectory('recon-canaries-');
    left = await oneVisit(directory.path);
  });
  after(() => directory[Symbol.asyncDispose]());

  for (const { what, value, reaches } of all) {
    it(`${what}: ${reaches}`, () => {
      const isIn = (text: string): boolean => spellings(value).some((spelling) => text.includes(spelling));
      if (reaches === 'record') assert.ok(isIn(left.record), 'it never got into the record: it proves nothing below');
      else assert.ok(!isIn(left.record), 'it is in the record');
      if (reaches === 'capture') assert.ok(isIn(left.tarball), 'it never got into the capture: it proves nothing below');
      if (reaches === 'nowhere') {
        assert.ok(!isIn(left.stick), 'it is on the stick');
        assert.ok(!isIn(left.tarball), 'it is in the tarball');
      }
      // what the master calls a machine by is its MAC address
      if (value !== MAC) assert.ok(!isIn(left.logs), 'it is in a log');
      assert.ok(!isIn(left.shared), 'it is in what recon share gives away');
    });
  }

  it('the token lies in RAM alone', () => {
    assert.match(left.token, /^[0-9a-f]{64}$/);
    for (const [where, text] of Object.entries(left))
      if (where !== 'token') assert.ok(!text.includes(left.token), `the token is in ${where}`);
  });

  it('what is looked into was read: names that must be there are', () => {
    assert.match(left.stick, /"recordsha256"/);
    assert.match(left.tarball, /capture\.json|rackbau/);
    assert.match(left.shared, /rackbau/);
    assert.match(left.logs, /recon peer: hardware read/);
  });
});

/** The machine is looked at, its record goes to a master, the tarball is made and shared. All by the product's own code. */
async function oneVisit(root: string): Promise<Left> {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line.toLowerCase());
  const log: Log = { info: note, warn: note, debug: note };
  await using master = await appFixture({ log });
  const host = join(root, 'host');
  await writeSeededHost(host);
  const tokenFile = join(root, 'token');
  const token = await master.deps.tokens.mint(MAC, '127.0.0.1');
  await writeFile(tokenFile, token);
  const masterUrl = await master.app.listen({ host: '127.0.0.1', port: 0 });
  const settings = { masterUrl, bootMac: MAC, nodePath: process.execPath, tokenFile, runDirectory: join(root, 'run') };
  const outcome = await runPeerWork({
    ...peerDeps(settings, log),
    root: host,
    run: answer,
    sleep: async () => assert.fail('nothing has to be tried twice'),
  });
  assert.equal(outcome.kind, 'powering-off', lines.join('\n'));
  await master.deps.ledger.flush();
  const sealed = await master.seal();
  const out = join(root, 'shared.tar.gz');
  await withVisits([sealed.path], { warn: note }, async ([visit]) => {
    assert.ok(visit !== undefined);
    await shareVisit(visit, pseudonymsOf(Buffer.alloc(32, 9)), out);
  });
  const record = await master.app.inject(recordPath(MAC));
  const [tarball, shared, stick] = [await readWhole(sealed.path), await readWhole(out), await readTree(master.deps.dataDirectory)];
  return { logs: lines.join('\n'), record: record.body.toLowerCase(), stick, tarball, shared, token };
}

async function answer(argv: Argv): Promise<CommandResult> {
  const text = seededAnswer(argv) ?? (/^(sync|systemctl|systemd-run)/.test(argv[0]) ? '' : undefined);
  const stdout = Buffer.from(text ?? '');
  const status = text === undefined ? 'absent' : 'ok';
  return { argv, status, exitCode: text === undefined ? undefined : 0, signal: undefined, stdout, stderr: Buffer.alloc(0), durationMs: 1 };
}

async function readTree(directory: string): Promise<string> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.name.startsWith('recon-'));
  const texts = await Promise.all(files.map((entry) => readWhole(join(entry.parentPath, entry.name))));
  return [...names.map(({ name }) => name.toLowerCase()), ...texts].join('\n');
}

/** A file unpacked as deep as it goes: a gzip in a tarball, base64 in a capture, the packed parts of the report. */
async function readWhole(path: string): Promise<string> {
  return unpacked(await readFile(path)).toLowerCase();
}

function unpacked(bytes: Buffer): string {
  const parts: string[] = [];
  const look = (some: Buffer): void => {
    const text = some.toString('latin1');
    parts.push(text, text.replaceAll('\0', ''));
    for (const [, packed = ''] of text.matchAll(/"base64":"([^"]*)"|application\/gzip" id="[^"]*">([^<]*)</g))
      look(Buffer.from(packed, 'base64'));
    for (const start of gzipStarts(some)) {
      const inner = gunzipAt(some, start);
      if (inner !== undefined) look(inner);
    }
  };
  look(bytes);
  return parts.join('\n');
}

function gzipStarts(bytes: Buffer): number[] {
  const magic = Buffer.from([0x1f, 0x8b, 0x08]);
  const found: number[] = [];
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) found.push(at);
  return found;
}

function gunzipAt(bytes: Buffer, start: number): Buffer | undefined {
  try {
    return gunzipSync(bytes.subarray(start), { finishFlush: 2 });
  } catch {
    return undefined;
  }
}

/** Numbers are written with and without their colons and hyphens. */
function spellings(value: string): string[] {
  const plain = value.toLowerCase();
  return /^[0-9a-f:-]+$/.test(plain) ? [plain, plain.replaceAll(':', '-'), plain.replaceAll(/[:-]/g, '')] : [plain];
}
