import assert from 'node:assert/strict';
import { lstat, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';
import { BMC_PROPERTIES, CUT_PROPERTIES, MODULE_PROPERTIES, MOUNT_PROPERTIES } from '../../src/platform/process/unit-for-a-moment.ts';

const OVERLAY = join(import.meta.dirname, '../../overlay');
const PLACES = ['usr/lib/systemd/system', 'etc/systemd/system'];

/** `systemd-analyze security` of each unit of ours at most, from 0 to 10; more than 3.0 has its reason in docs/decisions.md. */
const CEILINGS: Readonly<Record<string, { most: number; why?: string }>> = {
  'lldpd.service': { most: 3.0 },
  'recon.service': { most: 1.7 },
  'recon-master.service': { most: 2.5 },
  'recon-dnsmasq.service': { most: 1.8 },
  'recon-ssh.service': { most: 2.9 },
  'recon-inventory.service': { most: 2.2 },
  'recon-peer.service': { most: 1.9 },
  'recon-brought.service': {
    most: 4.8,
    why: 'tools and collectors of the operator, which may ask any card and any BMC; only where some lie on the stick; listens nowhere, and ends',
  },
  'recon-workload.service': {
    most: 5.6,
    why: 'a post.tgz of the operator, which reads hardware, uploads and switches off; only where one lies on the stick; listens nowhere',
  },
};
/** What systemd is asked to run for a moment. */
const MOMENTS: readonly (readonly [what: string, properties: readonly string[], most: number, why?: string])[] = [
  ['mount', MOUNT_PROPERTIES, 2.9],
  ['modprobe', MODULE_PROPERTIES, 2.6],
  ['ipmitool', BMC_PROPERTIES, 2.6],
  ['cut-power', CUT_PROPERTIES, 3.6, 'it outlives a shutdown, in whose way a namespace would be; and it tells the master'],
];

test('no unit of ours is more exposed than it has to be', async (context) => {
  const paths: string[] = [];
  for (const place of PLACES) {
    for (const name of await readdir(join(OVERLAY, place))) {
      const path = join(OVERLAY, place, name);
      // links are masks
      if (name.endsWith('.service') && (await lstat(path)).isFile()) paths.push(path);
    }
  }
  assert.deepEqual(paths.map((path) => path.split('/').at(-1)).sort(), Object.keys(CEILINGS).sort());
  for (const path of paths) {
    const name = path.split('/').at(-1) ?? '';
    const found = await exposureOf(path);
    if (found === undefined) return context.skip('there is no systemd-analyze on this host');
    const { most, why } = CEILINGS[name] ?? { most: 0 };
    assertIs(name, found, most);
    if (most > 3) assert.ok(why, `${name} is above 3.0 without a reason`);
  }
});

test('what systemd runs for a moment has no more rights than that takes', async (context) => {
  await using directory = await temporaryDirectory('recon-exposure-');
  for (const [what, properties, most, why] of MOMENTS) {
    const path = join(directory.path, `${what}.service`);
    const settings = properties.filter((property) => !/^(DefaultDependencies|IgnoreOnIsolate|SurviveFinalKillSignal)=/.test(property));
    await writeFile(path, ['[Service]', 'ExecStart=/usr/bin/true', ...settings, ''].join('\n'));
    const found = await exposureOf(path);
    if (found === undefined) return context.skip('there is no systemd-analyze on this host');
    assertIs(what, found, most);
    if (most > 3) assert.ok(why, `${what} is above 3.0 without a reason`);
  }
});

/** A ceiling that is far above what is there lets rights come back, and has the documents say what is not so. */
function assertIs(what: string, found: number, most: number): void {
  assert.ok(found <= most, `${what}: ${found}, at most ${most}`);
  assert.ok(found >= most - BETWEEN_VERSIONS, `${what}: ${found}, and ${most} is written down`);
}

/** systemd 252 and 257 differ by so much for one unit. */
const BETWEEN_VERSIONS = 0.3;

/** Undefined where there is no systemd-analyze. */
async function exposureOf(path: string): Promise<number | undefined> {
  const { status, stdout, stderr } = await run(['systemd-analyze', 'security', '--offline=true', '--no-pager', path], {
    timeoutMs: 60_000,
  });
  if (status === 'absent') return undefined;
  const found = /Overall exposure level for \S+: ([0-9.]+)/.exec(`${stdout.toString()}${stderr.toString()}`)?.[1];
  assert.ok(found !== undefined, `${path}: ${stderr.toString()}`);
  return Number(found);
}
