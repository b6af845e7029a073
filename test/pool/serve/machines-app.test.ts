import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { extract } from 'tar-stream';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { type MachinesFixture, machinesFixture, NODE, ROOT_IMAGE, STRANGER } from './machines-fixture.ts';

const MINUTE = 60_000;

/** The token in the archive of this boot. */
async function tokenOf(head: MachinesFixture): Promise<string> {
  await head.ask(`${NODE.path}/boot.ipxe`);
  const { body } = await head.ask(`${NODE.path}/token.cpio`);
  return /recon-token\0+([0-9a-f]{64})/.exec(body)?.[1] ?? '';
}

async function unpacked(bytes: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  reader.end(bytes);
  for await (const entry of reader) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    files[`${entry.header.name} ${(entry.header.mode ?? 0).toString(8)}`] = Buffer.concat(parts).toString();
  }
  return files;
}

test('a node gets its script by any of its cards, in every spelling, at both paths', async () => {
  await using head = await machinesFixture();
  const spellings = ['52:54:00:66:00:01', '52-54-00-66-00-01', '525400660001', '52:54:00:66:00:01'.toUpperCase(), '525400660002'];
  for (const spelling of spellings) {
    for (const path of [`/boot/${spelling}`, `/nodes/${spelling}/boot.ipxe`]) {
      head.clock.ms += 20 * MINUTE;
      const { status, body, headers } = await head.ask(path);
      assert.equal(status, 200, path);
      assert.match(body, /^#!ipxe\necho Recon: node-000 boots compute\. node node-000 says compute \(nodes\.yaml line 1\)$/m);
      assert.match(body, / recon\.image=compute-debian-13@3 /);
      assert.equal(headers['cache-control'], 'no-store');
    }
  }
});

test('a machine that is no node goes to its own disk, and is listed with what its firmware says', async () => {
  await using head = await machinesFixture();
  const query = '?manufacturer=HPE&product=DL360&serial=CZ3123&platform=efi&buildarch=x86_64';
  const { body } = await head.ask(`/boot/${STRANGER.mac}${query}`, { from: STRANGER.address });
  assert.match(body, /unknown says local-disk/);
  assert.match(body, /^exit 1$/m);
  const seen = head.book.of({ mac: STRANGER.mac });
  assert.deepEqual(seen?.facts, { vendor: 'HPE', product: 'DL360', serial: 'CZ3123', firmware: 'uefi', architecture: 'x86_64' });
  assert.deepEqual([seen?.looksLike, seen?.address, seen?.script?.choice], ['node-000', STRANGER.address, 'local-disk']);
});

test('what a person changes counts at the next request', async () => {
  await using head = await machinesFixture();
  assert.match((await head.ask(`/boot/${NODE.mac}`)).body, /boots compute/);
  head.setPool({ 'nodes.yaml': `node-000: { macs: ['${NODE.mac}'], address: ${NODE.address}, boot: local-disk }\n` });
  assert.match((await head.ask(`/boot/${NODE.mac}`)).body, /boots local-disk/);
});

test('a one-shot is over when the system that it booted says that it is up, and not before', async () => {
  await using head = await machinesFixture();
  head.setPool({ 'nodes.yaml': `node-000: { macs: ['${NODE.mac}'], address: ${NODE.address}, boot: local-disk, once: compute }\n` });
  const token = await tokenOf(head);
  assert.deepEqual(head.over, []);
  const up = { method: 'POST', headers: { [TOKEN_HEADER]: token }, body: { image: 'compute-debian-13@3', kernelRelease: '6.12' } } as const;
  assert.equal((await head.ask(`${NODE.path}/up`, up)).status, 204);
  assert.deepEqual(head.over, ['node-000']);
  const { up: said, script } = head.book.of({ mac: NODE.mac, node: 'node-000' }) ?? {};
  assert.deepEqual([said?.choice, said?.report.kernelRelease, script?.isOnce], ['compute@3', '6.12', true]);
  assert.match((await head.ask(`/boot/${NODE.mac}`)).body, /boots local-disk/);
});

test('a one-shot of what cannot report is over when its last file was delivered', async () => {
  await using head = await machinesFixture();
  head.setPool({ 'nodes.yaml': `node-002: { macs: ['52:54:00:66:00:04'], address: 10.10.0.12, once: suse }\n` });
  await head.ask('/boot/52:54:00:66:00:04', { from: '10.10.0.12' });
  assert.deepEqual(head.over, []);
  assert.equal((await head.ask('/profiles/suse/suse/linux', { from: '10.10.0.12' })).body, 'a kernel');
  assert.deepEqual(head.over, ['node-002']);
});

test('a machine that goes round in circles is held, may choose failsafe, and nothing else', async () => {
  await using head = await machinesFixture();
  for (let time = 0; time < 6; time += 1) {
    head.clock.ms += 2 * MINUTE;
    assert.match((await head.ask(`/boot/${NODE.mac}`)).body, /boots compute/);
  }
  assert.match((await head.ask(`/boot/${NODE.mac}`)).body, /is held and does not boot by itself\. loop guard: 6 scripts in 15 minutes/);
  assert.equal((await head.ask(`/boot/${NODE.mac}?held=1&want=suse`)).status, 403);
  assert.match((await head.ask(`/boot/${NODE.mac}?held=1&want=failsafe`)).body, /failsafe has no image here/);
});

test('a machine that cannot run its image says so, goes on with its own disk, and is not held for it', async () => {
  await using head = await machinesFixture();
  const who = { mac: NODE.mac, node: 'node-000' };
  // SMBIOS, type 17: 64 MiB
  const small = '?platform=pcbios&buildarch=x86_64&dimms=4000';
  for (let time = 0; time < 8; time += 1) {
    const { body } = await head.ask(`/boot/${NODE.mac}${small}`);
    assert.match(
      body,
      /^echo Recon: node-000 cannot boot what was chosen for it: it has 64 MiB of RAM, and compute-debian-13@3 needs 96 MiB$/m,
    );
    assert.match(body, /^sanboot --no-describe --drive 0x80/m);
  }
  const { problem, script } = head.book.of(who) ?? {};
  assert.deepEqual([problem?.report.problem, script?.choice, problem?.at], ['too-little-ram', 'local-disk', script?.at]);
  assert.match(
    (await head.ask(`/boot/${NODE.mac}?platform=efi&buildarch=arm64&dimms=4000`)).body,
    /it is arm64, and compute-debian-13@3 is for x86_64/,
  );
  assert.match((await head.ask(`/boot/${NODE.mac}?platform=pcbios&buildarch=x86_64&dimms=6000`)).body, /boots compute/);
});

test('a menu gives what is in it', async () => {
  await using head = await machinesFixture();
  const from = '10.10.0.11';
  assert.match((await head.ask('/boot/525400660003', { from })).body, /^item failsafe failsafe$/m);
  assert.match((await head.ask('/boot/525400660003?want=local-disk', { from })).body, /boots local-disk/);
  assert.equal((await head.ask('/boot/525400660003?want=compute', { from })).status, 403);
});

test('gPXE goes on as iPXE', async () => {
  await using head = await machinesFixture();
  const { body } = await head.ask(`/boot/${NODE.mac}`, { headers: { 'user-agent': 'gPXE/1.0.1' } });
  assert.match(body, /^#!gpxe\n.*\nchain http:\/\/[^/]+\/install\/loader\/undionly\.kpxe\n$/);
  assert.equal((await head.ask('/menu.gpxe')).body, body);
  assert.match((await head.ask('/menu.ipxe')).body, /^#!ipxe\n/);
});

test('images are immutable for every cache, and come in parts', async () => {
  await using head = await machinesFixture();
  const path = '/images/compute-debian-13/3/root.sqfs';
  const { status, bytes, headers } = await head.ask(path);
  const sha256 = createHash('sha256').update(ROOT_IMAGE).digest('hex');
  assert.deepEqual([status, bytes.equals(ROOT_IMAGE), headers['etag']], [200, true, `"${sha256}"`]);
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
  const part = await head.ask(path, { headers: { range: 'bytes=10-14' } });
  assert.deepEqual([part.status, part.body, part.headers['content-range']], [206, '01234', 'bytes 10-14/1000']);
  assert.equal((await head.ask(path, { headers: { 'if-none-match': `"${sha256}"` } })).status, 304);
  for (const missing of ['compute-debian-13/4/kernel', 'compute-debian-13/3/secret', 'compute-debian-13/03/kernel', 'none/1/kernel']) {
    const answer = await head.ask(`/images/${missing}`);
    assert.deepEqual([answer.status, answer.headers['cache-control']], [404, undefined], missing);
  }
});

test("a node's files come once for a token: all, set, group by priority, profile, node; the last one wins", async () => {
  await using head = await machinesFixture();
  const headers = { [TOKEN_HEADER]: await tokenOf(head) };
  const { [`run/recon/session 600`]: session = '', ...files } = await unpacked(
    (await head.ask(`${NODE.path}/config.tar`, { headers })).bytes,
  );
  assert.deepEqual(files, {
    ...{ 'etc/all 644': 'all', 'etc/motd 644': 'node', 'etc/profile-of 644': 'compute', 'etc/rack 644': 'gpus' },
    'etc/secret 600': 'only for the eyes of nodes',
  });
  const alive = await head.ask(`${NODE.path}/alive`, { method: 'POST', headers: { [TOKEN_HEADER]: session }, body: {} });
  assert.equal(alive.status, 204);
  assert.equal(head.book.of({ mac: NODE.mac, node: 'node-000' })?.alive?.at, '2026-11-29T06:00:00.000Z');
});

test('what a profile says of the first boot and of what persists comes with the files, as the image reads it', async () => {
  await using head = await machinesFixture();
  const filesWith = async (profile: string): Promise<Record<string, string>> => {
    head.setPool({ 'profiles/compute.yaml': `kind: compute\nimage: compute-debian-13\n${profile}\n` });
    const answer = await head.ask(`${NODE.path}/config.tar`, { headers: { [TOKEN_HEADER]: await tokenOf(head) } });
    return answer.status === 200 ? unpacked(answer.bytes) : { refused: answer.body };
  };
  const conf = 'etc/recon/first-boot.conf 644';
  const script = await filesWith('firstBoot: { script: files/suse/linux }');
  assert.deepEqual([script[conf], script['etc/recon/first-boot.d/linux 755']], ['script /etc/recon/first-boot.d/linux\n', 'a kernel']);
  const own = ['node.name', 'image.version'].map((word) => `\${${word}}`).join('/');
  const persist = `persist: [{ path: /home, from: 'nfs:head:/home' }, { path: /var/lib/x, from: 'nfs:nas.lab:/x/${own}' }]`;
  const pulled = await filesWith(`firstBoot: { ansiblePull: 'https://git.lab/a b.git' }\n${persist}`);
  assert.equal(pulled[conf], 'ansiblePull https://git.lab/a%20b.git\n');
  assert.equal(pulled['etc/recon/persist 644'], '/home 127.0.0.1:/home\n/var/lib/x nas.lab:/x/node-000/3\n');
  assert.equal((await filesWith('firstBoot: { puppet: puppet.cluster.internal }'))[conf], 'puppet puppet.cluster.internal\n');
  assert.match((await filesWith('firstBoot: { script: files/absent.sh }'))['refused'] ?? '', /there is no absent\.sh below files/);
  assert.equal((await filesWith(''))[conf], undefined);
});

test("a rule over what is written of a node's switch decides on the head too, and brings the files of its group", async () => {
  await using head = await machinesFixture();
  const node = `node-000: { macs: ['${NODE.mac}'], address: ${NODE.address}, switch: sw-r12-a, port: 'Ethernet1/12' }\n`;
  const rules = "rules:\n  - { when: { switch: 'sw-r12*', port: '1..24', vendor: HPE }, boot: compute, group: rack1 }\n";
  head.setPool({ 'nodes.yaml': node, 'pool.yaml': rules });
  assert.match((await head.ask(`/boot/${NODE.mac}?manufacturer=HPE&platform=efi`)).body, /boots compute\. rule 1 says compute/);
  const { body } = await head.ask(`${NODE.path}/token.cpio`);
  const token = /recon-token\0+([0-9a-f]{64})/.exec(body)?.[1] ?? '';
  const files = await unpacked((await head.ask(`${NODE.path}/config.tar`, { headers: { [TOKEN_HEADER]: token } })).bytes);
  assert.equal(files['etc/rack 644'], 'rack1');
});

test('a second asker with the same token freezes the secrets and raises an alarm, also for the next boot', async () => {
  await using head = await machinesFixture();
  const headers = { [TOKEN_HEADER]: await tokenOf(head) };
  const ask = async (change: Record<string, string>): Promise<number> =>
    (await head.ask(`${NODE.path}/config.tar`, { headers: change })).status;
  assert.deepEqual([await ask(headers), await ask(headers), head.alarms.length], [200, 403, 1]);
  assert.match(
    head.alarms[0] ?? '',
    /^node-000 gets no secrets any more: 10\.10\.0\.10 asked with a token of node-000 that has been used\./,
  );
  assert.equal(await ask({ [TOKEN_HEADER]: await tokenOf(head) }), 403);
});

test('after ten minutes, and after the next script, a token opens nothing', async () => {
  await using head = await machinesFixture();
  const old = await tokenOf(head);
  const newer = await tokenOf(head);
  const ask = async (token: string): Promise<number> =>
    (await head.ask(`${NODE.path}/config.tar`, { headers: { [TOKEN_HEADER]: token } })).status;
  assert.equal(await ask(old), 403);
  head.clock.ms += 11 * MINUTE;
  assert.equal(await ask(newer), 403);
  assert.equal((await head.ask(`${NODE.path}/token.cpio`)).status, 404);
  assert.deepEqual(head.alarms, []);
});
