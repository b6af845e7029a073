import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';

const MODULES = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d');
const IMAGE = randomBytes(400_000);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The whole image, or from where it is asked to go on. */
const serve: Answer = ({ headers: { range } }, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  response.writeHead(from === 0 ? 200 : 206, {
    'content-length': IMAGE.length - from,
    ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${IMAGE.length - 1}/${IMAGE.length}` }),
  });
  response.end(IMAGE.subarray(from));
};
/** Says that all of it comes, sends the first so many bytes, and what then happens. */
const serveThen =
  (bytes: number, then: (response: ServerResponse) => void): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': IMAGE.length });
    response.write(IMAGE.subarray(0, bytes), () => then(response));
  };
const refuse =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end();

/** The initrd's functions against a server that answers each request in its own way, and the last one's way from then on. */
async function fetchFrom(answers: readonly Answer[], host = '127.0.0.1', sha256 = sha256Of(IMAGE)) {
  const asked: { url: string | undefined; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, range: request.headers.range });
    (answers[Math.min(asked.length, answers.length) - 1] ?? serve)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'recon-fetch-'));
  const shell = `
    getarg() { case "$1" in recon.sha256=) echo "${sha256}" ;; recon.size=) echo ${IMAGE.length} ;; esac; }
    recon_require_ram() { echo "base: $1" >&2; }
    recon_tell() { echo "told: $2$3" >&2; }
    recon_fetch_drivers() { :; }
    . "${MODULES}/45url-lib/url-lib.sh"
    . "${MODULES}/99recon/fetch-checked.sh"
    recon_root_folder="${folder}"
    recon_stall_seconds=2
    fetch_url "http://${host.includes(':') ? `[${host}]` : host}:${port}/install/recon/image"`;
  try {
    const { exitCode, stdout, stderr } = await run(['sh', '-c', shell], { timeoutMs: 60_000 });
    const path = stdout.toString().trim();
    return { exitCode, path, stderr: stderr.toString(), asked, sha256: path === '' ? undefined : sha256Of(await readFile(path)) };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('the initrd fetches a root image by busybox, and says where it is', async () => {
  const { exitCode, path, sha256, stderr, asked } = await fetchFrom([serve]);
  assert.equal(exitCode, 0, stderr);
  assert.match(path, /^\/.*\/image$/);
  assert.equal(sha256, sha256Of(IMAGE));
  assert.equal(asked.length, 1);
  assert.match(stderr, /^base: http:\/\/127\.0\.0\.1:\d+$/m);
});

test('an address of IPv6 in its URL', async () => {
  const { sha256, stderr } = await fetchFrom([serve], '::1');
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.match(stderr, /^base: http:\/\/\[::1\]:\d+$/m);
});

test('a connection that breaks is gone on with from there', async () => {
  const cut = serveThen(100_000, (response) => response.destroy());
  const { sha256, stderr, asked } = await fetchFrom([cut, serve]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.deepEqual(
    asked.map(({ range }) => range !== undefined),
    [false, true],
  );
});

test('one that stands still, and one that only trickles, are given up and gone on with', async () => {
  const stands = serveThen(100_000, () => {});
  const trickles: Answer = (request, response) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
    response.writeHead(206, {
      'content-length': IMAGE.length - from,
      'content-range': `bytes ${from}-${IMAGE.length - 1}/${IMAGE.length}`,
    });
    let at = from;
    const timer = setInterval(() => response.write(IMAGE.subarray(at, ++at)), 200);
    response.on('close', () => clearInterval(timer));
  };
  const { sha256, stderr, asked } = await fetchFrom([stands, trickles, serve]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.equal(asked.length, 3);
  assert.ok(Number(/\d+/.exec(asked[2]?.range ?? '')?.[0]) > 100_000, 'what trickled in is kept');
});

test('a server that cannot go on sends all of it again', async () => {
  const whole = serveThen(IMAGE.length, (response) => response.end());
  const { sha256, stderr } = await fetchFrom([serveThen(100_000, (response) => response.destroy()), whole]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
});

test('bytes that are not those that were pinned are told, thrown away and fetched again', async () => {
  const wrong: Answer = (_, response) => void response.writeHead(200, { 'content-length': IMAGE.length }).end(randomBytes(IMAGE.length));
  const { sha256, stderr, asked } = await fetchFrom([wrong, serve]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.match(stderr, /^told: wrong sha256, try 1,"wrongHashes":1$/m);
  assert.equal(asked[1]?.range, undefined);
});

test('a server that sends without end fills no memory: what is longer than the image is cut off', async () => {
  let sentBytes = 0;
  const endless: Answer = (_, response) => {
    response.writeHead(200);
    const more = (): void => {
      sentBytes += IMAGE.length;
      if (!response.destroyed) response.write(IMAGE, more);
    };
    more();
  };
  const { sha256, stderr } = await fetchFrom([endless, serve]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.match(stderr, /^told: wrong sha256, try 1/m);
  assert.ok(sentBytes < 100 * IMAGE.length, `${sentBytes} bytes were taken`);
});

test('waits for a master that refuses for a while, and follows it where it sends', async () => {
  const { sha256, stderr, asked } = await fetchFrom([refuse(404), refuse(503), refuse(302, { location: '/elsewhere' }), serve]);
  assert.equal(sha256, sha256Of(IMAGE), stderr);
  assert.equal(asked[3]?.url, '/elsewhere');
});

test('nothing is fetched that no boot script has pinned', async () => {
  const { exitCode, path, asked } = await fetchFrom([serve], '127.0.0.1', '');
  assert.equal(exitCode, 254);
  assert.equal(path, '');
  assert.equal(asked.length, 0);
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The archive of rare drivers beside the image, for a machine with one PCI device. */
async function fetchDrivers({
  modalias,
  isHere = false,
  answers = [IMAGE],
}: {
  modalias: string;
  isHere?: boolean;
  answers?: readonly Buffer[];
}) {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.end(answers[Math.min(asked.length, answers.length) - 1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const folder = await mkdtemp(join(tmpdir(), 'recon-drivers-'));
  await mkdir(join(folder, 'devices/0000:01:00.0'), { recursive: true });
  await writeFile(join(folder, 'devices/0000:01:00.0/modalias'), `${modalias}\n`);
  if (isHere) await writeFile(join(folder, 'here'), '');
  await writeFile(join(folder, 'list'), 'pci:v00001DA8d00006003sv00001DA8sd*bc*sc*i* nfp\npci:v00001657d00000022sv*sd*bc02sc00i* bna\n');
  const shell = `
    getarg() { case "$1" in recon.drivers=) echo "drivers-1,${sha256Of(IMAGE)},${IMAGE.length}" ;; esac; }
    . "${MODULES}/99recon/fetch-checked.sh"
    . "${MODULES}/99recon/rare-drivers.sh"
    recon_drivers_here="${folder}/here"
    recon_rare_drivers="${folder}/list" recon_pci_devices="${folder}/devices" recon_drivers="${folder}/run/drivers"
    recon_fetch_drivers "http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/install/recon/image"`;
  try {
    const { exitCode, stderr } = await run(['sh', '-c', shell], { timeoutMs: 60_000 });
    assert.equal(exitCode, 0, stderr.toString());
    const bytes = await readFile(join(folder, 'run/drivers')).catch(() => undefined);
    return { asked, sha256: bytes === undefined ? undefined : sha256Of(bytes) };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}

const BNA = 'pci:v00001657d00000022sv00001657sd00000023bc02sc00i00';

test('a device without a driver that the archive has: it is fetched from beside the image', async () => {
  assert.deepEqual(await fetchDrivers({ modalias: BNA }), { asked: ['/install/recon/drivers-1'], sha256: sha256Of(IMAGE) });
});

for (const [what, machine] of [
  ['has its driver in this initrd already', { modalias: BNA, isHere: true }],
  ['is of another maker', { modalias: 'pci:v00008086d00001521sv00008086sd00000001bc02sc00i00' }],
  ['is another one of that maker', { modalias: 'pci:v00001657d00000099sv00001657sd00000023bc02sc00i00' }],
] as const) {
  test(`a device that ${what}: the archive is not fetched`, async () => {
    assert.deepEqual(await fetchDrivers(machine), { asked: [], sha256: undefined });
  });
}

test('an archive that is not the one of the boot script is fetched again, and then is no failure', async () => {
  const wrong = Buffer.alloc(IMAGE.length);
  assert.equal((await fetchDrivers({ modalias: BNA, answers: [wrong, IMAGE] })).sha256, sha256Of(IMAGE));
  const { asked, sha256 } = await fetchDrivers({ modalias: BNA, answers: [wrong] });
  assert.deepEqual([asked.length, sha256], [5, undefined]);
});
