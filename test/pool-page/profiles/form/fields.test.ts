import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Profile, type ProfileKind } from '../../../../src/domain/pool/profile.ts';
import { KIND_WORDS, PROFILE_FIELDS, type ProfileField } from '../../../../src/pool-page/profiles/form/fields.ts';

type JsonSchema = {
  properties: Record<string, { const?: string; enum?: string[]; type?: string; default?: unknown }>;
  required: string[];
};
const schemas = (z.toJSONSchema(Profile, { io: 'input', unrepresentable: 'any' }) as unknown as { oneOf: JsonSchema[] }).oneOf;

test('the form has the fields of the schema, for every kind: their names, their choices, and which are needed', () => {
  const kinds = schemas.flatMap((schema) => kindsOf(schema).map((kind) => [kind, schema] as const));
  assert.deepEqual(kinds.map(([kind]) => kind).sort(), Object.keys(PROFILE_FIELDS).sort());
  assert.deepEqual(Object.keys(KIND_WORDS).sort(), Object.keys(PROFILE_FIELDS).sort());
  for (const [kind, { properties, required }] of kinds) {
    const { kind: _kind, ...others } = properties;
    const fields: Record<string, ProfileField> = PROFILE_FIELDS[kind];
    assert.deepEqual(Object.keys(fields).sort(), Object.keys(others).sort(), kind);
    for (const [key, field] of Object.entries(fields)) {
      assert.equal(field.isNeeded === true, required.includes(key), `${kind} ${key} is needed`);
      const choices = field.control === 'option' ? field.options.map(({ value }) => value).filter((value) => value !== '') : undefined;
      assert.deepEqual(choices, others[key]?.enum, `${kind} ${key}`);
      assert.equal(field.control === 'number', others[key]?.type === 'integer', `${kind} ${key} is a number`);
    }
  }
});

test('a choice that is meant when nothing is said stands first', () => {
  for (const { properties } of schemas)
    for (const kind of kindsOf({ properties }))
      for (const [key, field] of Object.entries<ProfileField>(PROFILE_FIELDS[kind]))
        if (field.control === 'option') assert.equal(field.options[0]?.value, properties[key]?.default ?? '', `${kind} ${key}`);
});

function kindsOf({ properties }: Pick<JsonSchema, 'properties'>): ProfileKind[] {
  const { const: only, enum: several } = properties['kind'] ?? {};
  return (several ?? [only ?? '']) as ProfileKind[];
}
