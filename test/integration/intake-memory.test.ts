import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openTokens } from '../../src/master/intake/tokens.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { sendUploads } from '../bench/intake/send-uploads.ts';
import { freePort, startIntake, unitEnvironment } from '../bench/intake/servers.ts';
import { benchUploads } from '../bench/intake/uploads.ts';

const UPLOADS = 600;
/** Beside what it has when it starts, which from its sources is more than in the image. */
const MOST_GROWTH_MB = 60;
/** With a large heap V8 collects late: 70 to 100 MB more are garbage then, the more the faster the machine is. What is held would not fit into this one. */
const SMALL_HEAP = ['--max-old-space-size=64', '--max-semi-space-size=4'];

it(`takes ${UPLOADS} uploads, 32 at once, with little more memory than it starts with`, { timeout: 1_200_000 }, async (context) => {
  await using directory = await temporaryDirectory('recon-intake-');
  const [root, state] = [join(directory.path, 'root'), join(directory.path, 'state')];
  await mkdir(root);
  await mkdir(state);
  const uploads = benchUploads(0, UPLOADS);
  const book = await openTokens({ stateFile: join(state, 'tokens.jsonl') });
  const tokens = new Map<string, string>();
  for (const { mac, address } of uploads) tokens.set(mac, await book.mint(mac, address));
  const port = await freePort();
  const master = await startIntake('the master', 'intake/our-master.ts', [root, state, String(port)], await unitEnvironment(), SMALL_HEAP);
  try {
    const { nowMb: before } = await master.memory();
    await sendUploads(uploads, { port, together: 32, tokens });
    const { nowMb, mostMb } = await master.memory();
    context.diagnostic(`${before} MB at its start, ${nowMb} MB afterwards, ${mostMb} MB at most`);
    assert.ok(mostMb - before <= MOST_GROWTH_MB, `${mostMb - before} MB more at most`);
  } finally {
    await master.stop();
  }
});
