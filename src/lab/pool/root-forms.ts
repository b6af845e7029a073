import { assign, bootNode } from './boot-nodes.ts';
import type { RootForms } from './build-root-forms.ts';
import type { LabImageVersion } from './folder.ts';
import { onNode } from './node-machine.ts';
import { NODES } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

/** Room for the tree, and for the tarball beside it; a firmware has both files of the second in its memory, too. */
const MEMORY_MIB = 768;

/** Findings: a node does not come up with a root that is unpacked in its RAM. It is off afterwards. */
export async function findFormTrouble(
  lab: PoolLab,
  [form, image]: readonly [keyof RootForms, LabImageVersion],
  say: (text: string) => void,
): Promise<string[]> {
  const node = { ...NODES.bios, memoryMiB: MEMORY_MIB };
  await assign(lab, node.name, form);
  const { vm, findings } = await bootNode(lab, node, image, say, `-${form}`);
  const kind = await onNode(lab.room.head, lab.folder.keyPath, node.address, 'stat --file-system --format=%T /');
  await vm[Symbol.asyncDispose]();
  return kind === 'tmpfs' ? findings : [...findings, `${node.name}: its root is of ${kind ?? 'nothing'}, and should be unpacked in RAM`];
}
