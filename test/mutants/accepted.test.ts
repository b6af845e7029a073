import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { readAccepted } from './accepted.ts';

const HERE = 'src/judge/fleet-oddities.ts';
const GONE = 'src/judge/gone.ts';
const ELSEWHERE = 'src/judge/shared-keys.ts';

it('says which entries no mutant has any more, also those of a file that is gone', async () => {
  await using directory = await temporaryDirectory('recon-accepted-');
  const path = join(directory.path, 'accepted.json');
  const mutants = { [HERE]: ['[1 → 2]', '[3 → 4]'], [GONE]: ['[5 → 6]'], [ELSEWHERE]: ['[7 → 8]'] };
  await writeFile(path, JSON.stringify([{ reason: 'nobody can tell them apart', mutants }]));
  const accepted = await readAccepted(path);
  const alive = { path: HERE, line: 1, change: '[1 → 2]', mutation: { start: 0, end: 1, replacement: '2' } };
  assert.equal(accepted.reasonFor(alive), 'nobody can tell them apart');
  assert.deepEqual(accepted.stale([alive]), [`${HERE}  [3 → 4]`, `${GONE}  [5 → 6]`], 'what was not looked at is not judged');
});
