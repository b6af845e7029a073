import { aboutMachine, fileHead } from '../about-machine.ts';
import { computeGpuCount } from '../compute-gpus.ts';
import type { LeaveOut, TextFormat } from '../format.ts';
import type { ExportMachine } from '../machine.ts';
import { WORD, WORDS } from '../setting-values.ts';

const HOW_TO = [
  'Use: include slurm-nodes.conf from slurm.conf; machines with gres want GresTypes=gpu there, and AutoDetect=nvml (AMD: rsmi) in gres.conf.',
  'RealMemory is what Linux could use during the inventory, in whole GiB: a machine that finds less than stands here is drained.',
];
const MIB = 1024 ** 2;

/** Node lines of slurm.conf, in the words of `slurmd -C`. */
export const SLURM: TextFormat = {
  name: 'slurm',
  about: 'node lines of slurm.conf, GPUs as gres',
  shape: 'file',
  keys: [
    { name: 'partition', about: 'a partition with all these nodes (default: none)', value: WORD },
    { name: 'features', about: 'features of each node, with a comma between (default: none)', value: WORDS },
  ],
  async *write(machines, visit, leaveOut, { settings }) {
    const file = 'slurm-nodes.conf';
    const { partition, features } = settings;
    const names: string[] = [];
    yield { file, text: fileHead('Nodes for Slurm.', visit, HOW_TO) };
    for await (const machine of machines) {
      const words = nodeWords(machine, leaveOut);
      if (words === undefined) continue;
      names.push(machine.name);
      const line = [...words, ...(features === undefined ? [] : [`Feature=${features}`]), 'State=UNKNOWN'].join(' ');
      yield { file, text: `# ${aboutMachine(machine)}\n${line}\n` };
    }
    if (partition !== undefined && names.length > 0) yield { file, text: `PartitionName=${partition} Nodes=${names.join(',')} State=UP\n` };
  },
};

/** Undefined where the number of its CPUs is not known: Slurm would take the machine for one with a single CPU. */
function nodeWords(machine: ExportMachine, leaveOut: LeaveOut): string[] | undefined {
  const { name, address, sections } = machine;
  const { sockets, coresPerSocket, threadsPerCore, threads } = sections.cpu ?? {};
  if (threads === undefined || threads === 0) {
    leaveOut('a machine whose number of CPUs is not known');
    return undefined;
  }
  const product = (sockets ?? 0) * (coresPerSocket ?? 0) * (threadsPerCore ?? 0);
  // with switched-off cores or unequal sockets Slurm would not believe the three
  const shape = [`Boards=1`, `SocketsPerBoard=${sockets}`, `CoresPerSocket=${coresPerSocket}`, `ThreadsPerCore=${threadsPerCore}`];
  const gpus = computeGpuCount(sections);
  return [
    ...[`NodeName=${name}`, ...(address === undefined ? [] : [`NodeAddr=${address}`]), `CPUs=${threads}`],
    ...(product === threads ? shape : []),
    ...memoryWords(sections.memory?.totalBytes),
    ...(gpus === 0 ? [] : [`Gres=gpu:${gpus}`]),
  ];
}

function memoryWords(totalBytes: number | undefined): string[] {
  if (totalBytes === undefined || totalBytes < MIB) return [];
  const mib = Math.floor(totalBytes / MIB);
  return [`RealMemory=${mib < 1024 ? mib : Math.floor(mib / 1024) * 1024}`];
}
