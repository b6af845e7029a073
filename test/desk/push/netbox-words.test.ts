import assert from 'node:assert/strict';
import { test } from 'node:test';
import { netboxWords } from '../../../src/desk/push/netbox-words.ts';
import { patience } from '../../../src/desk/push/patience.ts';

for (const [body, words] of [
  ['{"serial":["Ensure this field has no more than 50 characters."]}', 'serial: Ensure this field has no more than 50 characters.'],
  ['[{},{"name":["This field is required."],"site":["Not found."]}]', 'name: This field is required.; site: Not found.'],
  ['{"__all__":["A device with this name already exists."]}', 'A device with this name already exists.'],
  ['{"detail":"Invalid token"}', 'Invalid token'],
  ['[{"index":3,"errors":{"position":["U12 is already occupied"]}}]', 'index: 3; position: U12 is already occupied'],
  ['<html>502</html>', 'it gave no reason'],
  ['{}', 'it gave no reason'],
] as const)
  test(`NetBox says: ${words}`, () => {
    assert.equal(netboxWords(body), words);
  });

test('what may have changed something is not repeated unless NetBox said that it was too much at once', () => {
  const tried = { attempt: 0, isFinal: false, retryAfterMs: 0, random: () => 0.5 };
  assert.equal(patience({ ...tried, method: 'POST', status: undefined }), undefined);
  assert.equal(patience({ ...tried, method: 'PATCH', status: 502 }), undefined);
  assert.equal(patience({ ...tried, method: 'POST', status: 429 }), 750);
  assert.equal(patience({ ...tried, method: 'GET', status: undefined }), 750);
  assert.equal(patience({ ...tried, method: 'GET', status: 400 }), undefined);
  assert.equal(patience({ ...tried, method: 'GET', status: undefined, isFinal: true }), undefined);
  assert.equal(patience({ ...tried, method: 'GET', status: 503, attempt: 7 }), undefined);
  assert.equal(
    patience({ ...tried, method: 'GET', status: 429, retryAfterMs: 86_400_000 }),
    600_000,
    'no longer than ten minutes, whatever it asks',
  );
});
