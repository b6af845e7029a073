import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { kiwiLuck } from '../../../src/builder/image/kiwi-luck.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

/** kiwi/system/identifier.py */
const DRAWN = "import random; print('0x%02x%02x%02x%02x' % tuple(random.randrange(1, 0xfe) for _ in range(4)))";

test('the number of a medium is drawn the same way for the same seed, and in another way for another one', async (t) => {
  if ((await run(['python3', '--version'], { timeoutMs: 60_000 })).status === 'absent') return t.skip('there is no python3 on this host');
  await using directory = await temporaryDirectory('recon-luck-');
  const draw = async (folder: string, seed: string): Promise<string> =>
    runOk(['python3', '-c', DRAWN], { timeoutMs: 60_000, environment: await kiwiLuck(join(directory.path, folder), seed) });
  const first = await draw('one', 'root-1');
  assert.match(first, /^0x[0-9a-f]{8}$/);
  assert.equal(await draw('other', 'root-1'), first);
  assert.notEqual(await draw('one', 'root-2'), first);
});

test('what is made of the time has none', async () => {
  await using directory = await temporaryDirectory('recon-luck-');
  const luck = await kiwiLuck(directory.path, 'root-1');
  const said = await runOk(['sh', '-c', 'date --date=@$SOURCE_DATE_EPOCH +%F_%H:%M'], { timeoutMs: 60_000, environment: luck });
  assert.equal(said, '1980-01-01_00:00');
});
