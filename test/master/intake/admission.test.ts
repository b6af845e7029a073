import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { MASTER_LIMITS } from '../../../src/master/http/limits.ts';
import { admission } from '../../../src/master/intake/admission.ts';

const LEASED = '52:54:00:00:00:01';

it('keeps half of the uploads for machines with a lease, whatever tokens strangers have', async () => {
  const limits = { ...MASTER_LIMITS, uploads: 4, uploadsPerAddress: 4 };
  const addressOf = (mac: string): string | undefined => (mac === LEASED ? '10.77.1.1' : undefined);
  const find = (mac: string, token: string) => ({
    ...{ mac, token, address: mac === LEASED ? '10.77.1.1' : '10.77.200.1' },
    ...{ isLeased: mac === LEASED, mintedAtMs: 0, expiresAtMs: 1, isUsed: true },
  });
  const leases = { addressOf, leaseHolder: () => undefined };
  const holdsAddress = async (mac: string, address: string): Promise<boolean> => addressOf(mac) === address;
  const handler = admission({ leases, holdsAddress, tokens: { find }, limits })(async () => new Promise(() => {}));
  const send = (mac: string, ip: string) => {
    const request = { params: { mac }, ip, headers: { [TOKEN_HEADER]: 'token' }, raw: Readable.from([]) };
    return handler(request as unknown as FastifyRequest, {} as FastifyReply);
  };
  for (let number = 0; number < 2; number += 1) void send(`02:00:00:00:00:0${number}`, '10.77.200.1');
  await assert.rejects(send('02:00:00:00:00:09', '10.77.200.1'), { code: 'busy' });
  const outcome = await Promise.race([
    send(LEASED, '10.77.1.1').then(() => 'ended'),
    new Promise((resolve) => setImmediate(resolve, 'under way')),
  ]);
  assert.equal(outcome, 'under way');
});
