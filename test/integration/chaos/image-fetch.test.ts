import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PATHS } from '../../../src/domain/api.ts';
import { ISO_PATHS } from '../../../src/domain/image.ts';
import { run } from '../../../src/platform/process/command.ts';
import { badProxy } from '../../chaos/bad-proxy.ts';
import { appFixture, IMAGE } from '../../master/app-fixture.ts';
import { manifestFor, sha256Of } from '../../master/fixture-records.ts';

const SCRIPT = join(import.meta.dirname, '../../../overlay/usr/lib/dracut/modules.d/99recon/fetch-checked.sh');
/** What the initrd has around the script: dracut's functions, and ours that need a machine. */
const AROUND = `getarg() { case "$1" in recon.sha256=) echo "$SHA256" ;; recon.size=) echo "$BYTES" ;; esac; }
recon_require_ram() { :; }
recon_tell() { echo "told: $2" >&2; }
. "$SCRIPT"
recon_fetch_drivers() { :; }
recon_root_folder=$FOLDER
recon_fetch_url "$URL"`;

test("the initrd's download through cut and damaged connections: the image that was pinned, or none", { timeout: 300_000 }, async () => {
  await using master = await appFixture();
  const image = randomBytes(600_000);
  await writeFile(join(master.root, 'live', ISO_PATHS.rootImage), image);
  const to = await master.app.listen({ host: '127.0.0.1', port: 0 });
  await using proxy = await badProxy({ to, seed: 3, delayMs: 20, troubles: ['cut', 'cut', 'damaged', 'slow', 'none'] });
  const { name } = manifestFor(IMAGE).files.rootImage;
  const url = `${proxy.url}${PATHS.install}${name}`;
  const folder = join(master.root, 'fetched');
  const fetch = (sha256: string) =>
    run(['env', `SCRIPT=${SCRIPT}`, `URL=${url}`, `SHA256=${sha256}`, `BYTES=${image.length}`, `FOLDER=${folder}`, 'sh', '-c', AROUND], {
      timeoutMs: 200_000,
    });
  for (let machine = 0; machine < 16; machine += 1) {
    const { exitCode, stdout, stderr } = await fetch(sha256Of(image));
    assert.equal(exitCode, 0, stderr.toString());
    assert.equal(sha256Of(await readFile(stdout.toString().trim())), sha256Of(image));
    await rm(folder, { recursive: true });
  }
  assert.ok(proxy.had.cut >= 3 && proxy.had.damaged >= 2, JSON.stringify(proxy.had));
});
