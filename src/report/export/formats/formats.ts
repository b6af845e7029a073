import { ReconError } from '../../../domain/errors.ts';
import { nearestWord } from '../../../domain/values/nearest-word.ts';
import type { ExportFormat } from '../format.ts';
import { ANSIBLE } from './ansible.ts';
import { CONMAN } from './conman.ts';
import { CSV } from './csv.ts';
import { DNSMASQ } from './dnsmasq.ts';
import { GLPI } from './glpi.ts';
import { HOSTS } from './hosts.ts';
import { IPMITOOL } from './ipmitool.ts';
import { IRONIC } from './ironic.ts';
import { ISC_DHCPD } from './isc-dhcpd.ts';
import { JSONL } from './jsonl.ts';
import { KEA } from './kea.ts';
import { MAAS } from './maas.ts';
import { METAL3 } from './metal3.ts';
import { NETBOX } from './netbox/netbox.ts';
import { POWERMAN } from './powerman.ts';
import { PROMETHEUS } from './prometheus.ts';
import { SLURM } from './slurm.ts';
import { TINKERBELL } from './tinkerbell.ts';
import { WAREWULF } from './warewulf.ts';
import { XLSX } from './xlsx.ts';

/** All formats, in the order of the help. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  ...[JSONL, CSV, XLSX, NETBOX, GLPI, ANSIBLE, IRONIC, DNSMASQ, ISC_DHCPD, KEA, HOSTS, IPMITOOL, CONMAN, POWERMAN],
  ...[PROMETHEUS, MAAS, TINKERBELL, METAL3, WAREWULF, SLURM],
];

/** @throws ReconError `usage` with the format that was most likely meant */
export function exportFormat(name: string): ExportFormat {
  const names = EXPORT_FORMATS.map((format) => format.name);
  const found = EXPORT_FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found;
  const meant = nearestWord(name, names);
  const hint = meant === undefined ? `one of: ${names.join(', ')}` : `--format ${meant}`;
  throw new ReconError('usage', `there is no export format "${name}"`, { hint });
}
