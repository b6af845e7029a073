import type { LldpNeighbour } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { cleanValue } from '../../../domain/values/text.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { type RawVlan, readVlans } from './vlan.ts';

/**
 * Neighbours by local interface from `lldpctl -f keyvalue`: `lldp.eno1.chassis.name=switch-1`. A description may go on over lines without a
 * key, addresses repeat, `rid` begins the next neighbour on the same interface, and interface names hold dots (`eno1.100`).
 */
export function parseLldpctlKeyvalue(text: string): Map<string, LldpNeighbour[]> {
  const found = new Map<string, Entry[]>();
  let last: Entry[string] | undefined;
  for (const line of text.split('\n')) {
    const [, name, path, value] = LINE.exec(line) ?? [];
    if (name === undefined || path === undefined || value === undefined) {
      if (last !== undefined && line.trim() !== '') last.push(`${last.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    const entries = found.get(name) ?? [];
    found.set(name, entries);
    if (entries.length === 0 || (path === 'via' && entries.at(-1)?.['via'] !== undefined)) entries.push({});
    const entry = entries.at(-1) ?? {};
    last = entry[path] ?? [];
    entry[path] = last;
    last.push(value);
  }
  return new Map([...found].map(([name, entries]) => [name, entries.map(readNeighbour)]));
}

type Entry = Record<string, string[]>;

const LINE =
  /^lldp\.(.+?)\.((?:via|rid|age|chassis|port|vlan|ppvid|pi|lldp-med|dot\d\S*|unknown-tlvs|custom-tlv|ttl|power|aggregation)(?:\.[^=]*)?)=(.*)$/;

/** The kinds of a chassis or port id are its key: `chassis.mac`, `port.ifname`, `port.local` … (lldpctl(8)). */
const ID_KINDS = ['mac', 'ifname', 'local', 'ip', 'ifalias', 'port', 'chassis', 'unhandled'];

function readNeighbour(entry: Entry): LldpNeighbour {
  const all = (path: string): string[] => (entry[path] ?? []).map(cleanValue).filter((value) => value !== undefined);
  const id = (part: string): string | undefined => ID_KINDS.flatMap((kind) => all(`${part}.${kind}`))[0];
  const addresses = all('chassis.mgmt-ip');
  return definedOnly<LldpNeighbour>({
    chassisName: all('chassis.name')[0],
    chassisId: id('chassis'),
    chassisDescription: all('chassis.descr')[0],
    portId: id('port'),
    portDescription: all('port.descr')[0],
    managementAddresses: nonEmpty(addresses),
    ...readVlans(vlansOf(entry)),
  });
}

/** `vlan.vlan-id=100`, `vlan.pvid=yes` and the name as `vlan=…`, each repeated for each VLAN. */
function vlansOf(entry: Entry): RawVlan[] {
  return (entry['vlan.vlan-id'] ?? []).map((id, at) => ({ id, name: cleanValue(entry['vlan']?.[at]), pvid: entry['vlan.pvid']?.[at] }));
}
