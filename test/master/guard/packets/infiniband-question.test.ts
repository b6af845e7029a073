import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeDhcp } from '../../../../src/master/guard/packets/dhcp-packet.ts';
import { infinibandQuestion } from '../../../../src/master/guard/packets/infiniband-question.ts';

const GUID = Uint8Array.of(0, 2, 0xc9, 3, 0, 0xa1, 0xb2, 0xc3);
const CLIENT_ID = Uint8Array.of(0xff, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0xc9, 0, ...GUID);
const PXE = Buffer.from('PXEClient:Arch:00000:UNDI:002001');
const UUID = Uint8Array.of(0, ...Array.from({ length: 16 }, (_, at) => at + 1));

function asked(options: [number, Uint8Array][], hardwareType = 32): Uint8Array {
  const none = '0.0.0.0';
  const addresses = { clientAddress: none, yourAddress: none, serverAddress: none, relayAddress: none };
  const clientMac = '00:00:00:00:00:00';
  const bytes = encodeDhcp({
    op: 'request',
    transactionId: 1,
    seconds: 0,
    broadcast: true,
    clientMac,
    options: new Map(options),
    ...addresses,
  });
  bytes[1] = hardwareType;
  bytes[2] = 0;
  return bytes;
}

const cases: [what: string, message: Uint8Array, mac: string | undefined][] = [
  [
    'a port that says its GUID',
    asked([
      [60, PXE],
      [61, CLIENT_ID],
    ]),
    '00:02:c9:a1:b2:c3',
  ],
  [
    'a shorter client identifier',
    asked([
      [60, PXE],
      [61, GUID],
    ]),
    '00:02:c9:a1:b2:c3',
  ],
  [
    'a UUID alone',
    asked([
      [60, PXE],
      [97, UUID],
    ]),
    '09:0a:0b:0e:0f:10',
  ],
  ['nothing that tells it from others', asked([[60, PXE]]), undefined],
  [
    'an installed system',
    asked([
      [60, Buffer.from('dhclient')],
      [61, CLIENT_ID],
    ]),
    undefined,
  ],
  [
    'Ethernet',
    asked(
      [
        [60, PXE],
        [61, CLIENT_ID],
      ],
      1,
    ),
    undefined,
  ],
  [
    'a message that is cut off',
    asked([
      [60, PXE],
      [61, CLIENT_ID],
    ]).subarray(0, 100),
    undefined,
  ],
];
for (const [what, message, mac] of cases) test(`over InfiniBand: ${what}`, () => assert.equal(infinibandQuestion(message)?.mac, mac));
