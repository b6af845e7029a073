import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MASTER_LIMITS } from '../../../src/master/http/limits.ts';
import { machinesServer } from '../../../src/master/http/machines-server.ts';

test('a machine whose kernel takes nothing for a minute is let go, and its buffers with it', async () => {
  const isNobody = (): boolean => false;
  const app = machinesServer({ limits: MASTER_LIMITS, requestTimeoutMs: 1000, isServedAddress: isNobody, isLeased: isNobody });
  await app.ready();
  assert.equal(app.server.timeout, 60_000);
  await app.close();
});
