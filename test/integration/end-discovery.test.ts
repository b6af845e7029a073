import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Child } from '../../src/platform/process/child.ts';
import { type MasterRoom, masterRoom } from './fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;

describe('the end of discovery, with real dnsmasq', { skip: isRoot ? false : 'needs root' }, () => {
  const [known, offered, late] = ['52:54:00:00:06:01', '52:54:00:00:06:02', '52:54:00:00:06:03'] as const;
  const options = { 60: 'PXEClient:Arch:00007:UNDI:003016', 93: '0x0007' };
  let room: MasterRoom;
  let master: Child;
  before(async () => {
    room = await masterRoom();
    master = await room.start();
    await room.event(({ kind }) => kind === 'serving');
    await room.event(({ kind }) => kind === 'listening');
  });
  after(() => room[Symbol.asyncDispose]());

  it('answers machines that were seen before, and no new one, and says why', async () => {
    const [offer] = await room.dhcp({ mac: known, options });
    assert.ok(offer, 'no OFFER before the end');
    const octets = offer.address.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
    const [taken] = await room.dhcp({ mac: known, messageType: 3, options: { ...options, 50: `0x${octets.join('')}`, 54: '0x0a4d0001' } });
    assert.equal(taken?.address, offer.address);
    assert.ok((await room.dhcp({ mac: offered, options }))[0], 'no OFFER to the second');

    room.events.length = 0;
    master.kill('SIGCONT');
    await room.event(({ kind }) => kind === 'discovery-ended');
    await room.event(({ kind }) => kind === 'serving');
    assert.equal((await room.dhcp({ mac: known, options }))[0]?.address, offer.address);
    assert.ok((await room.dhcp({ mac: offered, options }))[0], 'it was offered an address before');
    assert.ok((await room.dhcp({ mac: known, options: { 60: 'recon' } }))[0], 'its live system goes on');
    assert.deepEqual(await room.dhcp({ mac: late, waitMs: 1000, options }), []);
    await room.event((event) => event.kind === 'ledger' && JSON.stringify(event).includes('discovery is over'));
  });
});
