import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgeFleet, machineFacts } from '../../src/judge/judge-fleet.ts';
import { withPorts } from '../../src/seal/listed-machines.ts';
import { recordFor } from '../master/fixture-records.ts';

const [A, B, C] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'];

test('a record may name any port: a machine whose firmware says another serial number is none of it', () => {
  const record = recordFor('SN-10001');
  const nics = [A, B, C].map((mac, at) => ({ name: `eno${at}`, mac }));
  const claims = { ...record, sections: { ...record.sections, nics: { status: 'ok' as const, data: nics } } };
  const facts = [machineFacts(A, 1, claims)];
  const missing = [
    { mac: B, facts: { serial: 'SN-20002' } },
    { mac: C, facts: { serial: 'SN-10001' } },
  ].map((one) => ({ ...one, stage: 'script', at: undefined, address: undefined, detail: undefined }));
  assert.deepEqual(
    withPorts(missing, facts, judgeFleet(facts)).map(({ portOf }) => portOf),
    [undefined, A],
  );
});
