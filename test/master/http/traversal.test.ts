import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AppFixture, appFixture } from '../app-fixture.ts';

const SECRET = 'only for the eyes of the master';
const PLACES = ['/install/recon/', '/install/loader/', '/isos/', '/export/', '/nodes/', '/'];
const TARGETS = ['secret', 'data/secret', 'state/secret', 'secret.iso', 'secret.efi', 'recon-secret.tar.gz'];
/** `../` in the spellings that servers have fallen for. */
const STEPS = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..%5c',
  '..\\',
  '....//',
  '%252e%252e%252f',
  '..;/',
  '%c0%ae%c0%ae%c0%af',
  '.%2e/',
  '/..//',
];

test('200 and more ways out of what is served lead nowhere', async () => {
  await using master = await appFixture();
  await plantSecrets(master);
  const { port } = new URL(await master.app.listen({ host: '127.0.0.1', port: 0 }));
  const paths = [...new Set(PLACES.flatMap((place) => waysFrom(place)))];
  assert.ok(paths.length >= 200, `only ${paths.length} paths`);
  for (const path of paths) {
    const answer = await askRaw(Number(port), path);
    assert.ok(!answer.includes(SECRET), `GET ${path} gives it away`);
    assert.match(answer, /^HTTP\/1\.1 [2345]\d\d /, path);
  }
});

test('what is served in these places is given, so that the refusals above mean something', async () => {
  await using master = await appFixture();
  await plantSecrets(master);
  for (const path of ['/install/loader/snponly.efi', '/isos/rescue.iso'])
    assert.equal((await master.app.inject(path)).statusCode, 200, path);
});

test('what lies beside the tarballs and images on the stick is not given: settings with keys, ledgers, halves of tarballs', async () => {
  await using master = await appFixture();
  const { dataDirectory } = master.deps;
  const [tarballs, images] = [join(dataDirectory, 'export'), join(dataDirectory, 'isos')];
  for (const directory of [tarballs, images]) {
    await mkdir(directory, { recursive: true });
    for (const name of BESIDE) await writeFile(join(directory, name), SECRET);
  }
  await writeFile(join(tarballs, 'recon-lab-2026-11-20.tar.gz'), 'a tarball');
  for (const place of ['/export/', '/isos/'])
    for (const name of BESIDE) {
      const answer = await master.app.inject(`${place}${encodeURIComponent(name)}`);
      assert.deepEqual([answer.statusCode, answer.body.includes(SECRET)], [404, false], `${place}${name}`);
    }
  assert.equal((await master.app.inject('/export/recon-lab-2026-11-20.tar.gz')).body, 'a tarball');
});

const BESIDE = [
  ...['recon.yaml', 'ledger.jsonl', 'ledger-2.jsonl', 'visits.jsonl', 'expected.csv', 'collectors.yaml', 'post.tgz', 'storcli64'],
  ...['.recon-lab-2026-11-20.tar.gz.part', 'recon-lab-2026-11-20.tar.gz.part', 'my-recon-lab.tar.gz', 'recon-.tar', '.seal-spool'],
];

/** Beside and above every directory that is served, and behind a link in one; whatever lies with the loaders is served. */
async function plantSecrets({ root }: AppFixture): Promise<void> {
  for (const directory of ['', 'data', 'data/isos', 'state', 'live']) {
    await mkdir(join(root, directory), { recursive: true });
    for (const name of ['secret', '.secret.iso', '.recon-secret.tar.gz']) await writeFile(join(root, directory, name), SECRET);
  }
  await writeFile(join(root, 'secret.iso'), SECRET);
  await writeFile(join(root, 'secret.efi'), SECRET);
  await writeFile(join(root, 'recon-secret.tar.gz'), SECRET);
  await symlink('../../secret', join(root, 'data/isos/folder'));
}

function waysFrom(place: string): string[] {
  const climbs = STEPS.flatMap((step) =>
    [1, 2, 3].flatMap((times) => TARGETS.slice(0, 4).map((target) => `${place}${step.repeat(times)}${target}`)),
  );
  const others = [
    'secret',
    '.secret.iso',
    'folder',
    'secret%00.iso',
    'secret%00',
    '/etc/passwd',
    '//secret',
    'rescue.iso/../../secret',
    'C:%5csecret',
  ];
  return [...climbs, ...others.map((other) => `${place}${other}`)];
}

/** As it is: a client library would tidy the path up. */
function askRaw(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', reject).on('close', () => resolve(answer));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  });
}
