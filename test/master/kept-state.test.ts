import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { followMedium } from '../../src/master/follow-medium.ts';
import { MASTER_LIMITS } from '../../src/master/http/limits.ts';
import { openKeptState } from '../../src/master/kept-state.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { withoutSync } from './fixture-records.ts';

const [STRANGERS, HONEST] = [10, '52:54:00:00:00:01'];
const strangerAt = (number: number): string => `02:00:00:00:00:${number.toString(16).padStart(2, '0')}`;

it('has a token and a line for a machine with a lease, when all places are taken by invented ones', async () => {
  await using directory = await temporaryDirectory('recon-kept-');
  const dataDirectory = join(directory.path, 'data');
  const events = { emit: () => {}, fault: () => {} };
  const { medium } = followMedium({ dataDirectory, syncData: withoutSync }, events);
  const { tokens, leases, ledger } = await openKeptState({
    ...{
      stateDirectory: join(directory.path, 'state'),
      dataDirectory,
      storage: 'ram',
      medium,
      manifest: { builtAt: '2026-01-01T00:00:00Z' },
    },
    ...{ limits: { ...MASTER_LIMITS, machines: STRANGERS, leases: 100 }, now: () => new Date(), log: silentLog, events },
  });
  for (let number = 0; number < STRANGERS; number += 1) {
    await tokens.mint(strangerAt(number), `10.77.200.${number}`);
    ledger.add({ mac: strangerAt(number), stage: 'kernel' });
  }
  assert.equal(ledger.hasRoomFor(HONEST), false);
  await assert.rejects(tokens.mint(HONEST, '10.77.1.1'), { code: 'busy' });
  await leases.add(HONEST, '10.77.1.1');
  assert.equal(ledger.hasRoomFor(HONEST), true);
  assert.ok(tokens.find(HONEST, await tokens.mint(HONEST, '10.77.1.1')));
  ledger.add({ mac: HONEST, stage: 'script' });
  assert.equal(ledger.machine(HONEST)?.stage, 'script');
  await ledger.close();
});
