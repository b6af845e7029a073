import type { NetworkSection, Nic } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { Readings } from '../../readings/readings.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { infinibandDevices } from './infiniband.ts';

/** What belongs to no single interface: how many ports there are, bonds, VLANs, bridges, InfiniBand devices. `nics` is that section of the record. */
export function normaliseNetwork(
  readings: Pick<Readings, 'ipLink' | 'ipAddress' | 'ibstat'>,
  files: CopiedFiles,
  nics: SectionResult<Nic[]>,
): SectionResult<NetworkSection> {
  const interfaces = [...new Map([...readings.ipLink, ...readings.ipAddress]).values()];
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
    bonds: nonEmpty(
      ofKind('bond').map(({ name, bondMode }) => ({
        name,
        ...definedOnly({ mode: bondMode }),
        members: membersOf(name),
      })),
    ),
    vlans: nonEmpty(
      ofKind('vlan').flatMap(({ name, vlanId, link }) => (vlanId === undefined ? [] : [{ name, id: vlanId, ...definedOnly({ link }) }])),
    ),
    bridges: nonEmpty(ofKind('bridge').map(({ name }) => ({ name, members: membersOf(name) }))),
    infiniband: nonEmpty(infinibandDevices(readings, files)),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: 'nothing was read of any interface' };
}
