import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';

const SCRIPT = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d/99recon/fetch-checked.sh');

test('the initrd takes no more of a root image than the boot script says there is', async () => {
  const image = 'root image';
  const sha256 = createHash('sha256').update(image).digest('hex');
  const stubs = `
    add_url_handler() { :; }
    recon_require_ram() { :; }
    getarg() { case "$1" in recon.sha256=) echo ${sha256} ;; recon.size=) echo ${image.length} ;; esac; }
    curl() { echo "$*" >&2; printf '${image}' > "/tmp/recon-root/image-under-test"; }
    . "${SCRIPT}"
    recon_fetch_url http://bang/install/recon/image-under-test
    rm -f /tmp/recon-root/image-under-test`;
  const { stdout, stderr } = await run(['bash', '-c', stubs], { timeoutMs: 60_000 });
  assert.equal(stdout.toString(), '/tmp/recon-root/image-under-test');
  assert.match(stderr.toString(), / --max-filesize 10 /);
});
