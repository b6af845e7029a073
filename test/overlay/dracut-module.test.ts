import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runOk } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'overlay/usr/lib/dracut/modules.d/99recon/module-setup.sh');
const SETTINGS = join(ROOT, 'overlay/etc/dracut.conf.d/10-recon.conf');

/** What our module asks dracut for, with the settings of the image and then these, as dracut reads them: one after another. */
async function depends(settings: string): Promise<string> {
  const script = '. "$1"; eval "$2"; . "$3"; depends';
  return (await runOk(['bash', '-c', script, 'bash', SETTINGS, settings, MODULE], { timeoutMs: 60_000 })).trim();
}

test("the network of the initrd: systemd's, and dracut's own in the recipe of Leap, which says so in its settings", async () => {
  assert.equal(await depends(''), 'livenet dmsquash-live url-lib systemd-networkd');
  const configSh = await readFile(join(ROOT, 'recipes/suse-leap-15.1/config.sh'), 'utf8');
  const ofLeap = /20-recon-leap\.conf << 'END'\n([\s\S]*?)\nEND\n/.exec(configSh)?.[1] ?? '';
  assert.equal(await depends(ofLeap), 'livenet dmsquash-live url-lib network-legacy');
});

test('what config.sh changes of the overlay would not last: it is laid over the root again', async () => {
  for (const recipe of ['debian-13', 'suse-leap-15.1'])
    assert.doesNotMatch(await readFile(join(ROOT, 'recipes', recipe, 'config.sh'), 'utf8'), /sed -i .*99recon/);
});
