import assert from 'node:assert/strict';
import test from 'node:test';
import { parseNetworkctlLldp } from '../../../src/inventory/tools/networkctl-lldp.ts';

const parse = (value: unknown) => Object.fromEntries(parseNetworkctlLldp(Buffer.from(JSON.stringify(value))));

test('neighbours by port, with the words of lldpctl', () => {
  const neighbour = {
    ...{ ChassisID: '02:00:00:00:00:01', RawChassisID: [2, 0, 0, 0, 0, 1], PortID: 'ge-0/0/1', RawPortID: [103, 101] },
    ...{ PortDescription: 'to rack 3', SystemName: 'switch-1', SystemDescription: 'A switch', EnabledCapabilities: 20, VlanID: 40 },
  };
  assert.deepEqual(
    parse({
      Neighbors: [
        { InterfaceIndex: 2, InterfaceName: 'ens3', InterfaceAlternativeNames: ['enp0s3'], Neighbors: [neighbour] },
        { InterfaceIndex: 3, InterfaceName: 'ens4', Neighbors: [{ ChassisID: 'x', PortID: '1', VlanID: 0 }] },
        { InterfaceIndex: 4, InterfaceName: 'ens5', Neighbors: [] },
      ],
    }),
    {
      ens3: [
        {
          ...{ chassisName: 'switch-1', chassisId: '02:00:00:00:00:01', chassisDescription: 'A switch' },
          ...{ portId: 'ge-0/0/1', portDescription: 'to rack 3', pvid: 40 },
        },
      ],
      ens4: [{ chassisId: 'x', portId: '1' }],
    },
  );
});

test('what is no answer of networkctl gives nothing', () => {
  for (const value of [undefined, null, [], {}, { Neighbors: 'x' }, { Neighbors: [{ Neighbors: [{}] }] }, 'text'])
    assert.deepEqual(parse(value ?? null), {});
  assert.equal(parseNetworkctlLldp(undefined).size, 0);
  assert.equal(parseNetworkctlLldp(Buffer.from('{"Neighbors":[{')).size, 0);
});
