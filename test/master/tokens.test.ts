import assert from 'node:assert/strict';
import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openTokens } from '../../src/master/tokens.ts';
import { temporaryDirectory } from '../../src/platform/files.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';

it('accepts the two newest tokens of the machine that they are for, and no other', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens') });
  const [first, second, third] = [await tokens.mint(A), await tokens.mint(A), await tokens.mint(A)];
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.equal(new Set([first, second, third]).size, 3);
  assert.deepEqual(
    [first, second, third].map((token) => tokens.accepts(A, token)),
    [false, true, true],
  );
  assert.equal(tokens.newest(A), third);
  assert.equal(tokens.accepts(B, third), false);
  assert.equal(tokens.accepts(A, ''), false);
  assert.equal(tokens.accepts(A, third.slice(0, 63)), false);
});

it('forgets a token after two hours', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  let nowMs = 0;
  const tokens = await openTokens({ stateFile: join(directory.path, 'tokens'), nowMs: () => nowMs });
  const token = await tokens.mint(A);
  nowMs = 2 * 3600 * 1000 - 1;
  assert.equal(tokens.accepts(A, token), true);
  nowMs += 1;
  assert.equal(tokens.accepts(A, token), false);
  assert.equal(tokens.newest(A), undefined);
});

it('knows its tokens after a restart, also behind a torn line', async () => {
  await using directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const token = await (await openTokens({ stateFile })).mint(A);
  await appendFile(stateFile, '{"mac":"52:54:');
  assert.equal((await openTokens({ stateFile })).accepts(A, token), true);
  assert.equal((await stat(stateFile)).mode & 0o777, 0o600);
});
