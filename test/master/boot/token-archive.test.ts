import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tokenArchive } from '../../../src/master/boot/token-archive.ts';
import { run } from '../../../src/platform/process/command.ts';

const token = '0123456789abcdef'.repeat(4);

it('is a multiple of 512 bytes, so that the next initrd stays aligned', () => assert.equal(tokenArchive(token).length % 512, 0));

it('is what the real cpio reads', async (context) => {
  const listing = await run(['cpio', '--quiet', '-itv', '--numeric-uid-gid'], { timeoutMs: 60_000, input: tokenArchive(token) });
  if (listing.status === 'absent') return context.skip('cpio is not installed');
  assert.match(listing.stdout.toString('utf8'), /^-rw------- +1 0 +0 +64 .* recon-token$/);
  const content = await run(['cpio', '--quiet', '-i', '--to-stdout'], { timeoutMs: 60_000, input: tokenArchive(token) });
  assert.equal(content.stdout.toString('utf8'), token);
});
