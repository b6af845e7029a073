import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findClientTrouble, findForeignCompetition } from '../../../src/lab/checks/foreign-network.ts';
import { parsePcap } from '../../../src/lab/network/pcap.ts';
import { parseServedFrame } from '../../../src/lab/network/served-frame.ts';

const SERVER = '02:00:00:00:00:01';
const MASTER = '52:54:00:77:00:01';

function ethernet(from: string, etherType: number, packet: Uint8Array): Buffer {
  const header = Buffer.alloc(14);
  header.fill(0xff, 0, 6);
  header.set(Buffer.from(from.replaceAll(':', ''), 'hex'), 6);
  header.writeUInt16BE(etherType, 12);
  return Buffer.concat([header, packet]);
}

function udp4(sourcePort: number, payload: readonly number[]): Buffer {
  const packet = Buffer.alloc(28 + payload.length);
  packet[0] = 0x45;
  packet[9] = 17;
  packet.writeUInt16BE(sourcePort, 20);
  packet.set(payload, 28);
  return packet;
}

function ipv6(nextHeader: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header[6] = nextHeader;
  return Buffer.concat([header, payload]);
}

function pcap(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  const records = frames.map((frame) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(100, 0);
    record.writeUInt32LE(500_000, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([header, ...records]);
}

const reply = (from: string): Buffer => ethernet(from, 0x0800, udp4(67, [2, 1, 6, 0]));

test('a capture file is read frame by frame, and a cut-off last frame is left out', () => {
  const file = pcap([reply(SERVER), reply(MASTER)]);
  assert.deepEqual(
    parsePcap(file).map((frame) => [frame.atMs, frame.bytes.length]),
    [
      [100_500, 46],
      [100_500, 46],
    ],
  );
  assert.equal(parsePcap(file.subarray(0, file.length - 1)).length, 1);
  assert.throws(() => parsePcap(Buffer.alloc(24)), { code: 'infrastructure' });
});

test('server frames are told from all others', () => {
  const routerAdvertisement = Buffer.from([134, 0, 0, 0]);
  const dhcpv6 = Buffer.alloc(12);
  dhcpv6.writeUInt16BE(547, 0);
  const tagged = Buffer.concat([Buffer.from([0x00, 0x05, 0x08, 0x00]), udp4(67, [2])]);
  assert.deepEqual(parseServedFrame(reply(MASTER)), { kind: 'DHCP answer', from: MASTER });
  assert.deepEqual(parseServedFrame(ethernet(MASTER, 0x8100, tagged)), { kind: 'DHCP answer', from: MASTER });
  assert.deepEqual(parseServedFrame(ethernet(MASTER, 0x0800, udp4(69, [0, 3]))), { kind: 'TFTP data', from: MASTER });
  assert.deepEqual(parseServedFrame(ethernet(MASTER, 0x86dd, ipv6(58, routerAdvertisement))), {
    kind: 'router advertisement',
    from: MASTER,
  });
  assert.deepEqual(parseServedFrame(ethernet(MASTER, 0x86dd, ipv6(17, dhcpv6))), { kind: 'DHCPv6 answer', from: MASTER });
  assert.equal(parseServedFrame(ethernet(MASTER, 0x0800, udp4(68, [1]))), undefined, "a client's DISCOVER");
  assert.equal(parseServedFrame(ethernet(MASTER, 0x0806, Buffer.alloc(28))), undefined, 'ARP');
  assert.equal(parseServedFrame(Buffer.alloc(5)), undefined);
});

test('one answer of somebody else is a finding, and so is a server that was never heard', () => {
  assert.deepEqual(findForeignCompetition(pcap([reply(SERVER), reply(SERVER)]), SERVER), []);
  assert.match(findForeignCompetition(pcap([reply(SERVER), reply(MASTER)]), SERVER).join(), /1 × DHCP answer from 52:54:00:77:00:01/);
  assert.match(findForeignCompetition(pcap([]), SERVER).join(), /never heard/);
});

test('a client must get offer and acknowledgement, and from its own server only', () => {
  const good = { transaction: 1, address: '198.51.100.7', serverAddress: '198.51.100.1' };
  const both = [
    { kind: 'offer', ...good },
    { kind: 'ack', ...good },
  ] as const;
  assert.deepEqual(findClientTrouble('a client', both, good.serverAddress), []);
  assert.match(
    findClientTrouble('a client', [...both, { ...both[0], serverAddress: '10.78.0.1' }], good.serverAddress).join(),
    /offer from 10\.78\.0\.1/,
  );
  assert.match(findClientTrouble('a client', [...both, { ...good, kind: 'nak' }], good.serverAddress).join(), /got a DHCP nak/);
  assert.equal(findClientTrouble('a client', [], good.serverAddress).length, 2);
});
