import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { recordedTexts } from '../recordings/recorded-texts.ts';
import { damagedTexts } from './damages.ts';
import { inventedValues } from './invented-values.ts';
import { propertyRuns } from './property-runs.ts';
import { syntheticTexts } from './synthetic-texts.ts';
import { recordOfTexts, type ToolTexts } from './tool-texts.ts';

const recorded = recordedTexts();
const published = z.fromJSONSchema(JSON.parse(readFileSync(join(import.meta.dirname, '../../../schema/node-record.schema.json'), 'utf8')));

/** A section that failed because its reader threw says so in other words. */
function assertSound(texts: ToolTexts): NodeRecord {
  const record = recordOfTexts(texts);
  assert.deepEqual(NodeRecord.parse(record), record, 'the record says more than the schema knows');
  assert.deepEqual(published.safeParse(record).error?.issues ?? [], []);
  for (const [name, section] of Object.entries(record.sections)) {
    const { status, reason } = section as { status: string; reason?: string };
    if (status === 'failed') assert.match(reason ?? '', /ended well, but its output says nothing/, name);
  }
  return record;
}

for (const [what, captures, runs] of [
  ['made by hand', syntheticTexts(), 200],
  ['of real machines', recorded, 50],
] as const) {
  test(`captures ${what}: each as it is says no more than its texts`, () => {
    for (const texts of captures) assert.deepEqual(inventedValues(assertSound(texts), texts), [], texts.name);
  });

  test(`captures ${what}, damaged: a valid record, the same each time, and nothing invented`, () => {
    fc.assert(
      fc.property(damagedTexts(captures), (texts) => {
        const record = assertSound(texts);
        assert.equal(JSON.stringify(recordOfTexts(texts)), JSON.stringify(record), texts.name);
        assert.deepEqual(inventedValues(record, texts), [], texts.name);
      }),
      propertyRuns(runs),
    );
  });
}

test('captures of arbitrary bytes under the ids of all tools: a valid record that invents nothing', () => {
  const [{ outputs, files, links } = { outputs: {}, files: {}, links: {} }] = syntheticTexts();
  const ids = Object.keys(outputs);
  const noise = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => Buffer.from(text).toString('latin1'));
  const json = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text).toString('latin1'));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...ids), fc.oneof(noise, json)), (replaced) => {
      const texts = { name: 'noise', outputs: { ...outputs, ...replaced }, files, links };
      assert.deepEqual(inventedValues(assertSound(texts), texts), []);
    }),
    propertyRuns(120),
  );
});
