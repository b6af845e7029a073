import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEAF_FIELDS } from '../../domain/record/sample-record.ts';
import { FIELDS_WITHOUT_COLUMN } from './fields-without-column.ts';
import { shownFields } from './shown-fields.ts';

const LISTED = FIELDS_WITHOUT_COLUMN.flatMap(({ fields }) => fields.split(/\s+/));

test('each field of the record is in a column, or on the list of those that are not, with the reason', () => {
  const shown = shownFields();
  assert.ok(shown.size > 100, `only ${shown.size} fields are shown`);
  for (const field of LEAF_FIELDS) {
    const reasons = LISTED.filter((listed) => isOf(field, listed));
    const expected = shown.has(field) ? 0 : 1;
    assert.equal(
      reasons.length,
      expected,
      `${field} is ${shown.has(field) ? '' : 'not '}in a column, and on the list ${reasons.length} times`,
    );
  }
});

test('every entry of the list is a field', () => {
  for (const listed of LISTED)
    assert.ok(
      LEAF_FIELDS.some((field) => isOf(field, listed)),
      listed,
    );
});

function isOf(field: string, listed: string): boolean {
  return field === listed || field.startsWith(`${listed}.`) || field.startsWith(`${listed}[]`);
}
