import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byRules } from '../../../src/desk/share/by-rules.ts';
import { EARLY_FACTS_RULES, LEDGER_RULES } from '../../../src/desk/share/ledger-rules.ts';
import { pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { shareableFacts, shareableRecord } from '../../../src/desk/share/record.ts';
import { RECORD_RULES } from '../../../src/desk/share/record-rules.ts';
import { fieldRules, type RuleTable, shareRules } from '../../../src/desk/share/rules.ts';
import { EarlyFacts } from '../../../src/domain/early-facts.ts';
import { LedgerEvent } from '../../../src/domain/ledger.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { recordFields } from '../../../src/domain/record/record-schema.ts';
import { fullRecord, LEAF_FIELDS, valueAt, withField } from '../../domain/record/sample-record.ts';

const NAMES = pseudonymsOf(Buffer.alloc(32, 5));

for (const [what, table, fields] of [
  ['the record', RECORD_RULES, LEAF_FIELDS],
  ['the ledger', LEDGER_RULES, Object.keys(LedgerEvent.shape)],
  ['early facts', EARLY_FACTS_RULES, Object.keys(EarlyFacts.shape)],
] as const satisfies readonly (readonly [string, RuleTable, readonly string[]])[]) {
  const rules = fieldRules(table);

  test(`each field of ${what} has one rule for sharing: decide, when you add one, whether it tells whose machine it is`, () => {
    assert.ok(fields.length > 10, `only ${fields.length} fields`);
    for (const field of fields) {
      const found = rules.filter(([path]) => path === field || isBelow(field, path)).map(([path, rule]) => `${path}: ${rule}`);
      assert.equal(found.length, 1, `${field} has ${found.length === 0 ? 'no rule' : `the rules ${found.join(', ')}`}`);
    }
  });

  test(`no rule is for a field that ${what} does not have`, () => {
    for (const [path] of rules)
      assert.ok(
        fields.some((field) => field === path || isBelow(field, path)),
        path,
      );
  });
}

test('a pseudonym stands for a text: numbers, flags and lists of them are kept or left out', () => {
  const schemas = new Map(recordFields().map((field) => [field.path, field]));
  for (const [path, rule] of fieldRules(RECORD_RULES)) {
    const field = schemas.get(path) as { type?: string; items?: { type?: string } } | undefined;
    if (!['keep', 'drop'].includes(rule)) assert.equal(field?.items?.type ?? field?.type, 'string', `${path}: ${rule}`);
  }
});

test('each field of a full record is shared as its rule says', () => {
  const rules = new Map(fieldRules(RECORD_RULES));
  const addresses = LEAF_FIELDS.filter((path) => rules.get(path) === 'address');
  const record = addresses.reduce(
    (full, path) => withField(full, path, Array.isArray(valueAt(full, path)) ? ['192.0.2.9'] : '192.0.2.9'),
    fullRecord(),
  );
  const shared = shareableRecord('52:54:00:00:00:01', record, NAMES);
  const counts = { kept: 0, changed: 0, gone: 0 };
  for (const path of LEAF_FIELDS) {
    const [before, after, rule] = [valueAt(record, path), valueAt(shared, path), rules.get(path) ?? 'drop'];
    if (rule === 'keep') assert.deepEqual(after, before, path);
    else if (rule === 'drop') assert.ok(after === undefined || (Array.isArray(after) && after.length === 0), path);
    else assert.ok(JSON.stringify(after).length > 2 && JSON.stringify(after) !== JSON.stringify(before), path);
    counts[rule === 'keep' ? 'kept' : rule === 'drop' ? 'gone' : 'changed'] += 1;
  }
  assert.ok(counts.kept > 300 && counts.changed > 50 && counts.gone > 10, JSON.stringify(counts));
});

for (const [kind, value] of [
  ['a text', 'payroll 7'],
  ['a number', 7],
  ['a flag', true],
  ['a list', ['payroll 7', { serial: 'ABC-12345' }]],
  ['an object', { serial: 'ABC-12345', name: 'payroll 7', nested: { model: 'X' } }],
] as const) {
  test(`${kind} that this version does not know is left out, wherever it stands`, () => {
    const plain = shareableRecord('52:54:00:00:00:01', fullRecord(), NAMES);
    // `vbios` is known of a GPU, and of nothing else
    for (const key of ['newField', 'vbios'])
      for (const parent of [
        'system',
        'system.chassis',
        'disks[]',
        'disks[].nvme',
        'nics[].lldp[].vlans[]',
        'storage.controllers[].battery',
      ])
        assert.deepEqual(shareableRecord('52:54:00:00:00:01', withField(fullRecord(), `${parent}.${key}`, value), NAMES), plain, parent);
    const record = fullRecord();
    const sections = {
      ...record.sections,
      system: { ...record.sections.system, newField: value },
      newSection: { status: 'ok', data: value },
      newField: value,
    } as unknown as NodeRecord['sections'];
    assert.deepEqual(shareableRecord('52:54:00:00:00:01', { ...record, newField: value, sections }, NAMES), plain);
    assert.deepEqual(shareableFacts({ vendor: 'A', newField: value } as unknown as EarlyFacts, NAMES), { vendor: 'A' });
  });
}

test('what is not of the form that its rule is for is left out', () => {
  const rules = shareRules({ '': { keep: 'kept', serial: 'serial' }, 'parts[]': { keep: 'name' } });
  const shared = byRules({ kept: ['a', 1, null, { deep: true }], serial: 12_345, parts: 'text' }, rules, (text) => text.toUpperCase());
  assert.deepEqual(shared, { kept: ['A', 1, null, { deep: true }] });
  assert.deepEqual(
    byRules({ parts: ['text', { name: 'a', other: 'b' }, 7] }, rules, (text) => text),
    { parts: [{ name: 'a' }] },
  );
});

test('what holds fields is known: the document, each part and each list', () => {
  const rules = shareRules({ 'disks[].nvme': { uuid: 'uuid' } });
  for (const path of ['', 'disks', 'disks[]', 'disks[].nvme']) assert.ok(rules.isKnown(path), path);
  for (const path of ['disks[].nvme.uuid', 'disk', 'disks[', 'disks[].', 'nvme']) assert.ok(!rules.isKnown(path), path);
});

test('a list under a rule of its own is made text by text; of a dropped one an empty list stays', () => {
  const rules = shareRules({ '': { serial: 'serials', drop: 'problems' } });
  assert.deepEqual(
    byRules({ serials: ['a', 'b'], problems: ['c'] }, rules, (text, rule) => `${rule} ${text}`),
    { serials: ['serial a', 'serial b'], problems: [] },
  );
});

test('why a section could not be read is left out, and when it is absent', () => {
  const record = fullRecord();
  const sections = {
    ...record.sections,
    bmc: { status: 'failed', durationMs: 3, reason: 'ABC-12345 did not answer' },
    gpus: { status: 'absent', reason: 'none in ABC-12345' },
  } as NodeRecord['sections'];
  const shared = shareableRecord('52:54:00:00:00:01', { ...record, sections, origin: 'initrd' }, NAMES).sections;
  assert.deepEqual(shared.bmc, { status: 'failed', durationMs: 3, reason: 'the reason was left out' });
  assert.deepEqual(shared.gpus, { status: 'absent' });
});

test('the list of commands is left out, and identity and findings are made anew', () => {
  const record: NodeRecord = {
    ...withField(withField(fullRecord(), 'disks[].smartPassed', false), 'system.serial', 'GHI-98765'),
    origin: 'initrd',
    collectors: [{ id: 'ABC-12345', status: 'ok', durationMs: 1 }],
    identity: { keys: [{ kind: 'serial', value: 'abc-12345' }], score: 1 },
    findings: [{ severity: 'note', code: 'x', message: 'ABC-12345', evidence: 'system.serial' }],
  };
  const shared = shareableRecord('52:54:00:00:00:01', record, NAMES);
  assert.doesNotMatch(JSON.stringify(shared), /ABC-12345/i);
  assert.deepEqual([shared.origin, shared.schemaVersion, shared.collectors], ['initrd', 1, []]);
  const serial = shared.identity?.keys.find(({ kind }) => kind === 'serial')?.value;
  assert.equal(serial, NAMES.serial('GHI-98765').toLowerCase());
  const failing = shared.findings?.find(({ evidence }) => evidence === 'disks[0].smartPassed');
  assert.deepEqual([failing?.severity, Object.keys(failing ?? {})], ['critical', ['severity', 'code', 'message', 'evidence']]);
});

test("a maker's text that quotes a serial number loses it; one of four letters or without a digit is a word like others", () => {
  const numbers = { 'system.serial': 'ABC12', 'board.serial': 'AB12', 'system.chassis.serial': 'RACKLESS' };
  const record = Object.entries({ ...numbers, 'system.version': 'rev AB12 of ABC12, rackless RACKLESS' }).reduce(
    (before, [path, value]) => withField(before, path, value),
    fullRecord(),
  );
  assert.equal(valueAt(shareableRecord('52:54:00:00:00:01', record, NAMES), 'system.version'), 'rev AB12 of …, rackless RACKLESS');
});

test('a card is found by its PCI address, which says nothing of whose it is', () => {
  const paths = ['pci[].address', 'nics[].pciAddress', 'gpus[].pciAddress'];
  const record = paths.reduce((before, path) => withField(before, path, '0000:03:00.0'), fullRecord());
  const shared = shareableRecord('52:54:00:00:00:01', record, NAMES);
  for (const path of paths) assert.equal(valueAt(shared, path), '0000:03:00.0', path);
});

function isBelow(field: string, path: string): boolean {
  return field.startsWith(`${path}.`) || field.startsWith(`${path}[]`);
}
