import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type DemoOptions, runDemo } from '../../src/demo/run-demo.ts';
import { verifyTarball } from '../../src/desk/verify.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { signatureSentence } from '../../src/tarball/signature.ts';

/** Runs it until it says `until`, and then ends it as Ctrl-C does; `atEnd` looks at it before. */
async function demoUntil(
  until: RegExp,
  options: Partial<DemoOptions>,
  atEnd: (said: string) => Promise<void> = async () => {},
): Promise<string> {
  const stop = new AbortController();
  let said = '';
  let looked: Promise<void> | undefined;
  const print = (text: string): void => {
    said += text;
    if (until.test(said)) looked ??= atEnd(said).finally(() => stop.abort());
  };
  await runDemo({ isFast: true, version: '1.2.3', isTerminal: false, print, signal: stop.signal, ...options });
  await looked;
  return said;
}

describe('recon demo', () => {
  it('plays a visit on loopback alone, and leaves a signed tarball, an earlier one and a report', { timeout: 1_200_000 }, async () => {
    await using directory = await temporaryDirectory('recon-demo-test-');
    const output = join(directory.path, 'out');
    let listening: string[] = [];
    let page = '';
    const said = await demoUntil(/The page stays until Ctrl-C/, { output }, async (soFar) => {
      const url = /The page {5}(\S+)/.exec(soFar)?.[1] ?? '';
      page = await (await fetch(url)).text();
      const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
      listening = await listeners(port);
    });
    assert.match(page, /<html/i);
    assert.deepEqual(listening, [`0100007F`], 'only 127.0.0.1 listens');
    assert.match(said, /38 machines have their record, 2 are stuck, 1 of the list never came/);
    assert.match(said, /RECON 1\.2\.3 {3}demo/, 'the console as text');
    const names = (await readdir(output)).sort();
    assert.equal(names.length, 3, names.join(', '));
    const [tarball = ''] = /recon-demo-\d{4}-\d\d-\d\d\.tar\.gz/.exec(names.join(' ')) ?? [];
    assert.deepEqual(names, [tarball, 'recon-demo-half-a-year-ago.tar.gz', 'report.html'].sort());
    const code = / --code (\S+)/.exec(said)?.[1] ?? assert.fail('no code was said');
    const told: string[] = [];
    await verifyTarball(join(output, tarball), {
      print: (text) => void told.push(text),
      onProgress: () => {},
      checkSignature: signatureSentence,
      code,
    });
    assert.match(told.join(''), /38 machines/);
    assert.match(await readFile(join(output, 'report.html'), 'utf8'), /name="generator" content="Recon /);
  });

  it('keeps nothing when it is ended before, and leaves no directory behind', { timeout: 600_000 }, async () => {
    await using directory = await temporaryDirectory('recon-demo-test-');
    const output = join(directory.path, 'out');
    const said = await demoUntil(/The page/, { output, isFast: false });
    assert.match(said, /Stopped before its end: nothing was kept/);
    assert.deepEqual(await readdir(directory.path), []);
  });

  it('refuses a port that is in use, and a directory with something in it or that cannot be made', { timeout: 600_000 }, async () => {
    await using directory = await temporaryDirectory('recon-demo-test-');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      await assert.rejects(demoUntil(/./, { output: join(directory.path, 'out'), port }), {
        ...{ code: 'busy', message: `port ${port} of 127.0.0.1 is in use`, hint: /--port/ },
      });
    } finally {
      server.close();
    }
    assert.deepEqual(await readdir(directory.path), [], 'no empty directory stays');
    const full = join(directory.path, 'full');
    await mkdir(full);
    await writeFile(join(full, 'thesis.txt'), 'of years');
    await assert.rejects(demoUntil(/./, { output: full }), { code: 'not-writable', message: /is not empty/, hint: /-o/ });
    await assert.rejects(demoUntil(/./, { output: '/proc/recon-demo' }), { code: 'not-writable', hint: /-o/ });
    assert.equal(await readFile(join(full, 'thesis.txt'), 'utf8'), 'of years');
  });
});

/** Addresses, as the kernel writes them, on which something of this host listens at the port. */
async function listeners(port: string): Promise<string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')));
  return tables.flatMap((table) =>
    [...table.matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /gm)].flatMap(([, address = '', at]) => (at === port ? [address] : [])),
  );
}
