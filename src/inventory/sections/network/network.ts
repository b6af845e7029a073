import type { Capture } from '../../../domain/capture.ts';
import type { NetworkSection } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { parseIpJson } from '../../tools/ip-json.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { infinibandDevices } from './infiniband.ts';
import { normaliseNics } from './nics.ts';

/** What belongs to no single interface: how many ports there are, bonds, VLANs, bridges, InfiniBand devices. */
export function normaliseNetwork(capture: Capture): SectionResult<NetworkSection> {
  const interfaces = [...new Map([...parseIpJson(capture.output('ip-link')), ...parseIpJson(capture.output('ip-address'))]).values()];
  const nics = normaliseNics(capture);
  const list = nics.status === 'ok' ? nics.data : undefined;
  const membersOf = (name: string): string[] =>
    interfaces
      .filter((found) => found.memberOf === name)
      .map((found) => found.name)
      .sort();
  const ofKind = (kind: string): typeof interfaces =>
    interfaces.filter((found) => found.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
  const data = definedOnly<NetworkSection>({
    portCount: list?.filter((nic) => nic.bmcLink !== true && nic.virtualFunction !== true).length,
    virtualFunctionCount: list?.filter((nic) => nic.virtualFunction === true).length,
    bmcLinkCount: list?.filter((nic) => nic.bmcLink === true).length,
    bonds: some(
      ofKind('bond').map(({ name, bondMode }) => ({
        name,
        ...definedOnly({ mode: bondMode }),
        members: membersOf(name),
      })),
    ),
    vlans: some(
      ofKind('vlan').flatMap(({ name, vlanId, link }) => (vlanId === undefined ? [] : [{ name, id: vlanId, ...definedOnly({ link }) }])),
    ),
    bridges: some(ofKind('bridge').map(({ name }) => ({ name, members: membersOf(name) }))),
    infiniband: some(infinibandDevices(capture)),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: 'nothing was read of any interface' };
}

function some<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
