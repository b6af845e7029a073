import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { ReconError } from '../../src/domain/errors.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { mediumFaultOf } from '../../src/platform/files/medium-fault.ts';
import { type Log, silentLog } from '../../src/platform/log.ts';
import { sealApart } from '../../src/seal/seal-apart.ts';
import { sealTarball, type TarballInput } from '../../src/seal/seal-tarball.ts';
import { newSigningKey } from '../../src/tarball/signature.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';

const PROGRAM = join(import.meta.dirname, '../../src/main.ts');
const MACS = ['01', '02'].map((end) => `52:54:00:00:00:${end}`);

test('a thread makes the same tarball, with all that only its master can tell it', async () => {
  await using directory = await temporaryDirectory('recon-apart-');
  const { asked, input } = await fullInput(directory.path);
  const here = await sealTarball({ ...input, directory: join(directory.path, 'here') });
  const askedHere = asked.splice(0);
  const there = await sealApart(PROGRAM, silentLog)(input);
  assert.deepEqual(there, { ...here, path: join(input.directory, here.name) });
  assert.deepEqual(asked, askedHere);
  assert.deepEqual(asked, ['filesOf', 'makeRecord', 'filesOf', `claim ${here.name} 2`, 'sync', 'sync']);
  assert.equal(there.holds?.[0], input.revisions[0], 'the revisions that were given, and no copies of them');
  assert.ok(there.code);

  const next = await sealApart(PROGRAM, silentLog)({ ...input, replaces: there });
  assert.equal(next.name.replace(/-2\.tar/, '.tar'), there.name);
});

test('what fails there fails here with code, hint and cause, and nothing is made anew', async (context) => {
  await using directory = await temporaryDirectory('recon-apart-');
  const { input, asked } = await fullInput(directory.path);
  const log = loud(context);
  const unreadable = input.revisions.map((revision) => ({ ...revision, directory: join(directory.path, 'gone') }));
  await assert.rejects(sealApart(PROGRAM, log)({ ...input, revisions: unreadable }), (error: unknown) => {
    assert.ok(error instanceof ReconError);
    assert.equal(error.code, 'medium-failed');
    assert.match(error.hint ?? '', /Is the stick still in/);
    return true;
  });
  const sync = async (): Promise<void> => {
    throw new ReconError('medium-failed', 'the stick is gone', { cause: Object.assign(new Error('no device'), { code: 'ENODEV' }) });
  };
  await assert.rejects(sealApart(PROGRAM, log)({ ...input, sync }), (error: unknown) => mediumFaultOf(error) === 'gone');
  assert.equal(asked.filter((one) => one.startsWith('claim')).length, 1);
  assert.equal(log.warn.mock.callCount(), 0);
});

test('where no thread can be had the tarball is made without one, and the log says so', async (context) => {
  await using directory = await temporaryDirectory('recon-apart-');
  const { input } = await fullInput(directory.path);
  for (const [name, text] of [
    ['ends.cjs', 'process.exit(3)'],
    ['breaks.cjs', 'throw new Error("no memory")'],
  ] as const) {
    const program = join(directory.path, name);
    await writeFile(program, text);
    const log = loud(context);
    const sealed = await sealApart(program, log)(input);
    assert.equal(sealed.machines, 2);
    assert.match(String(log.warn.mock.calls[0]?.arguments[0]), /was lost: .*(it ended with 3|no memory)/);
  }
});

test('a thread that dies while it works leaves nothing, and the tarball is made without it', async (context) => {
  await using directory = await temporaryDirectory('recon-apart-');
  const { input } = await fullInput(directory.path);
  const program = join(directory.path, 'dies.mjs');
  // when the tarball is there but for its name, and its name is claimed
  await writeFile(
    program,
    `import { parentPort } from 'node:worker_threads';
     const say = parentPort.postMessage.bind(parentPort);
     parentPort.postMessage = (said) => (said.name === 'sync' ? process.exit(7) : say(said));
     await import(${JSON.stringify(PROGRAM)});`,
  );
  const log = loud(context);
  const sealed = await sealApart(program, log)(input);
  assert.deepEqual(await readdir(input.directory), [sealed.name]);
  assert.deepEqual(log.warn.mock.calls[0]?.arguments, ['the thread for sealing was lost: it ended with 7; the tarball is made without it']);
});

test('a stick that is full while a thread writes is that, with what to do, and leaves nothing', async (context) => {
  await using directory = await temporaryDirectory('recon-apart-');
  const { input } = await fullInput(directory.path);
  const log = loud(context);
  const sync = async (): Promise<void> => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  await assert.rejects(sealApart(PROGRAM, log)({ ...input, sync }), (error: unknown) => {
    assert.ok(error instanceof ReconError);
    assert.equal(error.code, 'disk-full');
    assert.match(error.message, /^there is no room for recon-lab-2026-11-20\.tar\.gz$/);
    assert.match(error.hint ?? '', /Every record is still there, below records\//);
    return true;
  });
  assert.deepEqual(await readdir(input.directory), []);
  assert.equal(log.warn.mock.callCount(), 0);
});

test('Ctrl-C while a thread seals: who ends in order waits for the tarball, and who is ended leaves none that is half', async () => {
  for (const [way, said, code, left] of [
    ['taken', ['sealing', 'sealing', 'sealed 1'], 130, ['recon-lab-2026-11-20.tar.gz']],
    ['not', ['sealing'], 130, ['.recon-lab-2026-11-20.tar.gz.part']],
  ] as const) {
    await using directory = await temporaryDirectory('recon-apart-');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'seal-apart-program.ts'), directory.path, way]);
    const lines: string[] = [];
    const ended = once(child, 'close');
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (lines.length === 1) child.kill('SIGINT');
    }
    assert.deepEqual([lines, (await ended)[0]], [said, code], way);
    assert.deepEqual(await readdir(join(directory.path, 'export')), left);
    // the next one takes its place
    const again = await sealApart(PROGRAM, silentLog)(await inputOf(directory.path, []));
    assert.ok(!(await readdir(again.path.slice(0, -again.name.length))).some((name) => name.startsWith('.')));
  }
});

function loud({ mock }: TestContext) {
  const log: Log = { ...silentLog };
  return { ...log, warn: mock.fn(log.warn) };
}

async function fullInput(root: string): Promise<{ input: TarballInput; asked: string[] }> {
  const asked: string[] = [];
  const missing = { mac: '52:54:00:00:00:09', stage: 'kernel', at: undefined, address: undefined, detail: undefined };
  const plain = await inputOf(
    root,
    MACS.map((mac) => [mac, JSON.stringify(recordFor(mac))]),
  );
  await mkdir(plain.directory);
  const input: TarballInput = {
    ...plain,
    signingKey: newSigningKey(),
    missing: [missing],
    early: {
      partial: {
        put: assert.fail,
        filesOf: async () => {
          asked.push('filesOf');
          return new Map([['fs/proc/meminfo', Buffer.from('MemTotal: 1 kB\n')]]);
        },
      },
      makeRecord: ({ files }) => {
        asked.push('makeRecord');
        assert.equal(Buffer.from(files?.get('fs/proc/meminfo') ?? []).toString(), 'MemTotal: 1 kB\n');
        return { ...recordFor('unknown'), origin: 'initrd' };
      },
    },
    ofVisit: { tarballs: () => [], claim: async (name, holds) => void asked.push(`claim ${name} ${holds.length}`) },
    sync: async () => void asked.push('sync'),
  };
  return { input, asked };
}
