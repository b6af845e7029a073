import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../../src/domain/api.ts';
import { STAGES } from '../../../src/domain/stages.ts';
import { readProgress } from '../../../src/master/intake/progress-report.ts';
import { chunksOf } from '../fixture-records.ts';

const read = (text: string) => readProgress(chunksOf(text));

test('a peer reports what it alone can know: from the root image to power-off, and no receipt', async () => {
  const taken: string[] = [];
  for (const stage of STAGES) {
    const report = await read(JSON.stringify({ stage, detail: 'dmidecode' })).catch((error: unknown) => {
      assert.equal((error as { code: string }).code, 'body-malformed', stage);
    });
    if (report !== undefined) taken.push(report.stage);
  }
  assert.deepEqual(taken, ['root-image', 'agent', 'collect', 'upload', 'power-off']);
});

for (const [what, text] of [
  ['nothing', ''],
  ['no JSON', '{"stage":'],
  ['no object', '"agent"'],
  ['no stage of ours', '{"stage":"booted"}'],
] as const) {
  test(`${what} is no progress report`, async () => assert.rejects(read(text), { code: 'body-malformed' }));
}

test('a report has a limit', async () => {
  const text = JSON.stringify({ stage: 'agent', detail: 'x'.repeat(LIMITS.progressBytes) });
  await assert.rejects(read(text), { code: 'body-too-large' });
});
