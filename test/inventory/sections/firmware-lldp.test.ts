import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { firmwareLldpAgent } from '../../../src/inventory/tools/ethtool/private-flags.ts';
import { findNetworkTrouble } from '../../../src/judge/findings/network.ts';
import { fixtureCapture } from '../capture-fixture.ts';

const FLAGS: readonly (readonly [string, boolean | undefined])[] = [
  ['Private flags for eno1:\nMFP              : off\ndisable-fw-lldp  : off\n', true],
  ['Private flags for eno1:\ndisable-fw-lldp  : on\n', false],
  ['Private flags for ens1:\nfw-lldp-agent    : on\n', true],
  ['Private flags for ens1:\nfw-lldp-agent    : off\n', false],
  ['Private flags for ens1:\nlegacy-rx        : on\n', undefined],
  ['', undefined],
];
for (const [text, listens] of FLAGS) test(`${JSON.stringify(text)}: ${listens}`, () => assert.equal(firmwareLldpAgent(text), listens));

test('a port with a link and no neighbour, whose card listens itself, is a finding; one with a neighbour or an idle agent is none', () => {
  const names = ['deaf', 'off', 'heard', 'unplugged'];
  const link = (name: string) => ({ ifname: name, flags: name === 'unplugged' ? ['UP'] : ['UP', 'LOWER_UP'], link_type: 'ether' });
  const flags = (name: string): string => `disable-fw-lldp : ${name === 'off' ? 'on' : 'off'}\n`;
  const lldp = { lldp: { interface: [{ heard: { chassis: { id: { type: 'mac', value: '00:11:22:33:44:55' } } } }] } };
  const outputs = {
    'ip-link': JSON.stringify(names.map(link)),
    lldpctl: JSON.stringify(lldp),
    ...Object.fromEntries(names.map((name) => [`ethtool-private-flags-${name}`, flags(name)])),
  };
  const record = normalise(fixtureCapture({ outputs }));
  const found = findNetworkTrouble({ name: 'm', record });
  assert.deepEqual(
    found.map(({ code, severity, evidence }) => [code, severity, evidence]),
    [['firmware-lldp', 'note', 'nics[0].firmwareLldpAgent']],
  );
  assert.match(found[0]?.message ?? '', /^deaf has a link/);
});
