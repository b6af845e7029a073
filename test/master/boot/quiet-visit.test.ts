import assert from 'node:assert/strict';
import test from 'node:test';
import { isQuietVisit } from '../../../src/master/boot/quiet-visit.ts';
import { recordFacts } from '../../../src/records/record-facts.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';
import { recordFor } from '../fixture-records.ts';

type Stored = Pick<StoredRevision, 'receipt' | 'facts'>;
const receipt = { recordSha256: '', revision: 1, storage: 'stick', masterSequence: 1 } as StoredRevision['receipt'];
const { hearsSwitch: _heard, ...facts } = recordFacts(recordFor('a machine'));
const silent: Stored = { receipt, facts };
const heard: Stored = { receipt, facts: { ...silent.facts, hearsSwitch: true } };

test('five machines that heard no switch make a visit quiet, and one that did makes it none', () => {
  assert.equal(isQuietVisit(Array.from({ length: 5 }, () => silent)), true);
  assert.equal(isQuietVisit(Array.from({ length: 4 }, () => silent)), false);
  assert.equal(isQuietVisit([...Array.from({ length: 40 }, () => silent), heard]), false);
  assert.equal(isQuietVisit([...Array.from({ length: 4 }, () => silent), { ...silent, receipt: undefined }]), false, 'not delivered yet');
  assert.equal(isQuietVisit([]), false);
});

test('a record tells whether a neighbour was heard on any port', () => {
  const record = recordFor('a machine');
  const nics = (lldp: object[]) =>
    ({ status: 'ok', data: [{ name: 'eth0' }, { name: 'eth1', lldp }] }) as (typeof record)['sections']['nics'];
  const factsOf = (lldp: object[]) => recordFacts({ ...record, sections: { ...record.sections, nics: nics(lldp) } });
  assert.equal(factsOf([{ chassisName: 'switch-1' }]).hearsSwitch, true);
  assert.equal(factsOf([]).hearsSwitch, undefined);
});
