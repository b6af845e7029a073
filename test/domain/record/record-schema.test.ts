import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { fieldsDocument } from '../../../src/domain/record/fields-document.ts';
import { SECTIONS } from '../../../src/domain/record/node-record.ts';
import { nodeRecordSchemaText, recordFields, unitOf } from '../../../src/domain/record/record-schema.ts';
import { RECORD_ROWS } from '../../../src/domain/record/rows.ts';

const committed = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
const fields = recordFields();

test('the committed schema is the one of the code; make schema writes it again', async () => {
  assert.equal(await committed('schema/node-record.schema.json'), nodeRecordSchemaText());
});

test('docs/fields.md is the one of the code; make schema writes it again', async () => {
  assert.equal(await committed('docs/fields.md'), fieldsDocument());
});

test('92 rows, numbered, each at fields that exist or with the reason why not', () => {
  assert.deepEqual(
    RECORD_ROWS.map((row) => row.number),
    Array.from({ length: 92 }, (_, at) => at + 1),
  );
  const paths = new Set(fields.map((field) => field.path));
  for (const row of RECORD_ROWS) {
    assert.deepEqual(
      row.at.filter((path) => !paths.has(path)),
      [],
      `row ${row.number}`,
    );
    assert.ok(row.at.length > 0 || row.why !== undefined, `row ${row.number} is nowhere and does not say why`);
  }
});

/** Every section, also one that is new. */
const DESCRIBED = Object.keys(SECTIONS);
for (const section of DESCRIBED) {
  test(`every field of ${section} has a meaning and a source`, () => {
    const own = fields.filter((field) => field.path.startsWith(`${section}.`) || field.path.startsWith(`${section}[`));
    assert.ok(own.length > 0);
    for (const field of own) assert.ok(field.description !== undefined && field.source !== undefined, field.path);
  });
}

test('a field has a unit in its name or none', () => {
  const unit = (path: string) => unitOf({ path });
  assert.deepEqual(
    [unit('memory.dimms[].sizeBytes'), unit('memory.dimms[].ratedSpeedMtps'), unit('cpu.maxMhz'), unit('system.serial')],
    ['bytes', 'MT/s', 'MHz', undefined],
  );
});

test('every section has fields', () => {
  const found = new Set(fields.map((field) => field.path.split(/[.[]/)[0]));
  assert.deepEqual([...found].sort(), Object.keys(SECTIONS).sort());
});
