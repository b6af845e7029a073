import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CaptureIndex } from '../../../src/domain/capture.ts';
import { capture } from '../../../src/peer/capture/capture.ts';
import type { CapturePart } from '../../../src/peer/capture/commands/plan.ts';
import { joinParts } from '../../../src/peer/capture/join-parts.ts';
import { EVERY_PART } from '../../../src/peer/capture/parts.ts';
import type { RunCommand } from '../../../src/peer/capture/runner.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import type { Argv } from '../../../src/platform/process/command.ts';

const answer: RunCommand = async (argv: Argv) => {
  const stdout = Buffer.from(`${argv.join(' ')}\n`);
  return { argv, status: 'ok', exitCode: 0, signal: undefined, stdout, stderr: Buffer.alloc(0), durationMs: 0 };
};

/** A machine with a disk and a port. */
async function machine(root: string): Promise<void> {
  const files = {
    'proc/meminfo': 'MemTotal: 1 kB\n',
    'sys/block/sda/size': '8\n',
    'sys/class/net/eno1/address': '52:54:00:00:00:01\n',
    'sys/class/dmi/id/product_name': 'Box\n',
    'dev/ipmi0': '',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

test('a capture that is taken in parts is the one that is taken at once', async () => {
  await using directory = await temporaryDirectory('recon-parts-');
  const root = join(directory.path, 'root');
  await machine(root);
  const take = (name: string, parts: readonly CapturePart[]): Promise<CaptureIndex> =>
    capture(join(directory.path, name), { run: answer, log: silentLog, files: rootedFiles(root), parts });
  const whole = await take('whole', EVERY_PART);
  const parts = await Promise.all(EVERY_PART.map(async (part) => ({ part, index: await take(part, [part]) })));
  const joined = await joinParts(
    join(directory.path, 'joined'),
    EVERY_PART.map((part) => join(directory.path, part)),
  );
  const ids = (index: CaptureIndex): string[] => index.commands.map(({ id }) => id).toSorted();
  assert.deepEqual(ids(joined), ids(whole));
  assert.deepEqual(joined.files, whole.files);
  assert.deepEqual(joined.links, whole.links);
  for (const path of ['raw/lsblk.out', 'raw/ip-link.out', 'fs/sys/class/net/eno1/address', 'fs/proc/meminfo'])
    assert.deepEqual(await readFile(join(directory.path, 'joined', path)), await readFile(join(directory.path, 'whole', path)), path);
  const of = (wanted: CapturePart): string[] =>
    ids(parts.find(({ part }) => part === wanted)?.index ?? { captureVersion: 1, commands: [] });
  assert.deepEqual(
    of('links').filter((id) => !/^(ip|ethtool|lldpctl)/.test(id)),
    [],
    'who has the network asks nothing else',
  );
  assert.ok(!of('hardware').some((id) => /^(ip-|ethtool|lldpctl|storcli|ssacli)/.test(id)));
  assert.ok(of('hardware').includes('efi-variables'));
  assert.ok(of('brought').includes('storcli-controllers') && !of('brought').includes('efi-variables'));
});

test('what two parts have is that of the first, rows of ours stand behind, and a part that is none is said', async () => {
  await using directory = await temporaryDirectory('recon-parts-');
  const part = async (name: string, text: string): Promise<string> => {
    const path = join(directory.path, name);
    await mkdir(join(path, 'raw'), { recursive: true });
    await writeFile(join(path, 'raw/lscpu.out'), text);
    const row = { id: 'lscpu', argv: ['lscpu'], status: 'ok', durationMs: 0 };
    await writeFile(
      join(path, 'capture.json'),
      JSON.stringify({ captureVersion: 1, takenAt: `2026-11-0${text.length - 3}`, commands: [row] }),
    );
    return path;
  };
  const parts = [await part('one', 'first'), await part('two', 'second')];
  const row = { id: 'operator-programs', argv: ['x'], status: 'failed', durationMs: 0, reason: 'killed' } as const;
  const into = join(directory.path, 'joined');
  const { commands, takenAt } = await joinParts(into, parts, [{ ...row, argv: [...row.argv] }]);
  assert.deepEqual(
    commands.map(({ id }) => id),
    ['lscpu', 'operator-programs'],
  );
  assert.equal(await readFile(join(into, 'raw/lscpu.out'), 'utf8'), 'first');
  assert.equal(takenAt, '2026-11-03', 'when the last of them was begun');
  const nothing = join(directory.path, 'nothing');
  await mkdir(nothing);
  await assert.rejects(joinParts(join(directory.path, 'other'), [nothing]), { code: 'capture-unreadable' });
});
