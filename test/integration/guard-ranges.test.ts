import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NetworkSettings } from '../../src/domain/network-settings.ts';
import { arp } from '../master/guard/frames.ts';
import { repeatFrame } from './fixtures/guard-network.ts';
import { type GuardedRoom, guardedRoom, type RoomLine } from './fixtures/guarded-room.ts';

const isRoot = process.getuid?.() === 0;
let rooms = 0;

/** A segment on which the machine `client` has these addresses and says nothing by itself. */
async function roomWith(addresses: readonly string[]): Promise<GuardedRoom> {
  rooms += 1;
  const room = await guardedRoom(`recon-test-${process.pid}-r${rooms}`);
  for (const address of addresses) {
    const more = address.includes(':') ? ['nodad'] : [];
    await room.network.ip(room.client, 'address', 'add', address, ...more, 'dev', 'eth0');
  }
  return room;
}

/** The addresses of the master once it serves. */
async function served(room: GuardedRoom, network: Partial<NetworkSettings> = {}): Promise<string[]> {
  await room.start(network);
  const said = await room.until(({ kind }) => kind === 'serving');
  return (said as RoomLine & { segments: { address: string }[] }).segments.map(({ address }) => address);
}

const CASES: readonly (readonly [who: string, address: string, master: string])[] = [
  ['a gateway that has the address of the master and is silent', '10.77.0.1/16', '10.78.0.1'],
  ['a machine that has the first address of the pool', '10.77.1.0/16', '10.78.0.1'],
  ['a machine that has the address of the master over IPv6', 'fd52:4543:4f4e:1::1/64', '10.78.0.1'],
  ['a laptop behind the pool', '10.77.255.2/16', '10.77.0.1'],
];

describe('a network that has our addresses and no DHCP server', { skip: isRoot ? false : 'needs root' }, () => {
  for (const [who, address, master] of CASES) {
    test(`${who}: served with ${master}`, async () => {
      await using room = await roomWith([address]);
      assert.deepEqual(await served(room), [master]);
      const quiet = await room.until(({ kind, state }) => kind === 'state' && state === 'quiet');
      const words = quiet.lines?.join(' ') ?? '';
      if (master === '10.77.0.1') assert.equal(words, '');
      else assert.match(words, new RegExp(`Somebody has ${address.split('/')[0]} there .* served with 10\\.78\\.0\\.0/16`));
    });
  }

  test('a subnet that recon.yaml chose is not left for another: it is refused with a sentence', async () => {
    await using room = await roomWith(['10.77.0.1/16']);
    await room.start({ subnet: '10.77.0.0/16' });
    const refused = await room.until(({ state }) => state === 'refused');
    assert.deepEqual(
      refused.reasons?.map(({ code }) => code),
      ['range-used'],
    );
    assert.match(refused.lines?.join(' ') ?? '', /somebody has 10\.77\.0\.1 already.* Set a subnet in recon\.yaml/);
  });

  test('machines that talk there are another network, whatever their addresses', async () => {
    await using room = await roomWith([]);
    await using _talk = repeatFrame(room.network, room.client, 'eth0', arp('10.77.0.9', '10.77.0.50', room.clientMac));
    await room.start();
    const refused = await room.until(({ state }) => state === 'refused');
    assert.deepEqual(
      refused.reasons?.map(({ code }) => code),
      ['foreign-traffic'],
    );
  });

  test('another user of our range that comes later is said, and serving goes on; of our own address, it ends', async () => {
    await using room = await roomWith([]);
    assert.deepEqual(await served(room), ['10.77.0.1']);
    const talk = repeatFrame(room.network, room.client, 'eth0', arp('10.77.0.9', '10.77.0.50', room.clientMac));
    const heard = await room.until(({ lines }) => lines?.some((line) => line.includes('10.77.0.9')) === true);
    assert.equal(heard.state, 'quiet');
    assert.match(heard.lines?.join(' ') ?? '', /a machine uses an address that is not from here.* served all the same/);
    await talk[Symbol.asyncDispose]();
    assert.equal(
      room.said.some(({ kind }) => kind === 'not-serving'),
      false,
    );
    await using _thief = repeatFrame(room.network, room.client, 'eth0', arp('10.77.0.1', '10.77.0.50', room.clientMac));
    const refused = await room.until(({ state }) => state === 'refused');
    assert.deepEqual(
      refused.reasons?.map(({ code }) => code),
      ['address-taken'],
    );
    await room.until(({ kind }) => kind === 'not-serving');
  });
});
