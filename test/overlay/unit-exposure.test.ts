import assert from 'node:assert/strict';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';

const OVERLAY = join(import.meta.dirname, '../../overlay');
const PLACES = ['usr/lib/systemd/system', 'etc/systemd/system'];

/** `systemd-analyze security` of each unit of ours at most, from 0 to 10; more than 3.0 has its reason. */
const CEILINGS: Readonly<Record<string, { most: number; why?: string }>> = {
  'lldpd.service': { most: 3.0 },
  'recon-master.service': { most: 2.5 },
  'recon.service': {
    most: 6.3,
    why: 'mounts the stick for others to see, loads modules, and asks every disk and BMC; it opens no port (docs/decisions.md)',
  },
  'recon-ssh.service': { most: 7.3, why: 'gives a shell of root to the owner of the key; never started without one' },
};

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
    const { status, stdout, stderr } = await run(['systemd-analyze', 'security', '--offline=true', '--no-pager', path], {
      timeoutMs: 60_000,
    });
    if (status === 'absent') return context.skip('there is no systemd-analyze on this host');
    const found = /Overall exposure level for \S+: ([0-9.]+)/.exec(`${stdout.toString()}${stderr.toString()}`)?.[1];
    assert.ok(found !== undefined, `${name}: ${stderr.toString()}`);
    const { most, why } = CEILINGS[name] ?? { most: 0 };
    assert.ok(Number(found) <= most, `${name}: ${found}, at most ${most}`);
    if (most > 3) assert.ok(why, `${name} is above 3.0 without a reason`);
  }
});
