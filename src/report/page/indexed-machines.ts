import { countFindings } from '../../domain/record/finding.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { MACHINE } from '../columns/machines.ts';
import type { ReportMachine } from '../fleet/report-machine.ts';
import type { Aspect } from '../fleet/setup.ts';
import { type ColumnKind, findingsWeight, type IndexValue, type MachineIndex } from './machine-columns.ts';

interface ReportColumn {
  id: string;
  label: string;
  kind: ColumnKind;
  /** `filled`: only when a machine has it */
  shown: boolean | 'filled';
  of: (machine: ReportMachine, differs: readonly Aspect[]) => IndexValue | undefined;
}

const COLUMNS: readonly ReportColumn[] = [
  { id: 'mac', label: 'Machine', kind: 'machine', shown: true, of: ({ mac }) => mac },
  { id: 'model', label: 'Model', kind: 'text', shown: true, of: ({ vendor, product }) => knownWords([vendor, product]) || undefined },
  { id: 'serial', kind: 'code', shown: true, ...fact('serial') },
  {
    id: 'findings',
    label: 'Findings',
    kind: 'findings',
    shown: 'filled',
    of: ({ findings }) => findingsWeight(countFindings(findings)) || undefined,
  },
  { id: 'differs', label: 'Differs in', kind: 'text', shown: 'filled', of: (_, differs) => differs.join(', ') || undefined },
  { id: 'cpu', label: 'CPU', kind: 'text', shown: true, of: ({ setup, cpuModel }) => setup.CPU ?? cpuModel },
  { id: 'cores', kind: 'number', shown: true, ...fact('cpuCores') },
  { id: 'threads', kind: 'number', shown: false, ...fact('cpuThreads') },
  { id: 'memory', label: 'Memory', kind: 'binary', shown: true, of: (machine) => machine.memoryInstalledBytes ?? machine.memoryTotalBytes },
  { id: 'dimms', label: 'Modules', kind: 'text', shown: false, of: ({ setup }) => setup.Memory },
  { id: 'disks', label: 'Disks', kind: 'number', shown: true, of: ({ diskCount }) => diskCount },
  { id: 'disk-space', label: 'Disk space', kind: 'decimal', shown: true, of: ({ diskBytes }) => diskBytes },
  { id: 'volumes', label: 'Volumes', kind: 'number', shown: false, of: ({ volumes }) => volumes?.count },
  { id: 'volume-space', label: 'Volume space', kind: 'decimal', shown: false, of: ({ volumes }) => volumes?.bytes },
  { id: 'disk-models', label: 'Disk models', kind: 'text', shown: false, of: ({ setup }) => setup.Disks },
  { id: 'gpus', label: 'GPUs', kind: 'number', shown: 'filled', of: ({ gpuCount }) => gpuCount || undefined },
  {
    id: 'switch-ports',
    label: 'Switch ports',
    kind: 'text',
    shown: false,
    of: ({ links }) => links.map(({ switchName, port }) => `${switchName} ${port}`).join(', ') || undefined,
  },
  { id: 'nic-macs', kind: 'code', shown: false, ...fact('nicMacs') },
  { id: 'other-macs', label: 'Also seen as', kind: 'code', shown: 'filled', of: ({ otherMacs }) => otherMacs?.join(' ') },
  { id: 'bios', kind: 'text', shown: true, ...fact('firmwareVersion') },
  { id: 'bios-date', label: 'BIOS date', kind: 'code', shown: false, of: ({ firmwareDate }) => firmwareDate },
  { id: 'boot-mode', kind: 'text', shown: false, ...fact('bootMode') },
  { id: 'bmc-address', kind: 'code', shown: 'filled', ...fact('bmcAddress') },
  { id: 'bmc-mac', kind: 'code', shown: false, ...fact('bmcMac') },
  { id: 'bmc-firmware', kind: 'text', shown: false, ...fact('bmcFirmware') },
  { id: 'chassis-serial', kind: 'code', shown: false, ...fact('chassisSerial') },
  { id: 'uuid', kind: 'code', shown: false, ...fact('uuid') },
  { id: 'identity', label: 'Identity score', kind: 'number', shown: false, of: ({ identityScore }) => identityScore },
  { id: 'revision', label: 'Revision', kind: 'number', shown: false, of: ({ revision }) => revision },
];

/** All machines as rows; `differs` says for an address in what it is unlike its equals. */
export function machineIndex(
  machines: readonly ReportMachine[],
  differs: ReadonlyMap<string, readonly Aspect[]>,
  packed: number | undefined,
): MachineIndex {
  const rows = machines.map((machine) => COLUMNS.map((column) => column.of(machine, differs.get(machine.mac) ?? []) ?? null));
  return {
    columns: COLUMNS.map(({ id, label, kind, shown }, at) => ({
      id,
      label,
      kind,
      isShown: shown === 'filled' ? rows.some((row) => row[at] !== null) : shown,
    })),
    rows,
    hidden: machines.map(({ hidden }) => hidden),
    ...definedOnly({ packed }),
  };
}

type Machine = typeof MACHINE;
/** What the report keeps of each machine and has a label for. */
type Fact = keyof ReportMachine & { [Name in keyof Machine]: Machine[Name] extends { label: string } ? Name : never }[keyof Machine];

/** A fact under the label of its column; several addresses stand behind each other. */
function fact(name: Fact): Pick<ReportColumn, 'label' | 'of'> {
  return {
    label: MACHINE[name].label,
    of: ({ [name]: value }) => (typeof value === 'object' ? value.join(' ') || undefined : value),
  };
}
