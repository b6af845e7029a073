import { messageOf } from '../../domain/values/message-of.ts';
import { addVlan, keepSilent, type Link, removeLink, setUp } from '../../platform/network/interfaces.ts';

/** Sub-interfaces for one VLAN, on every interface that is guarded. Only what is tagged with exactly that VLAN passes them. */
export interface VlanLinks {
  /** makes those that are missing; the result tells which names are guarded, and why some are not there */
  ensure(parents: readonly Link[], links: readonly Link[]): Promise<{ names: Set<string>; failures: Map<string, string> }>;
  /** takes away what we have made */
  remove(): Promise<void>;
}

export function vlanLinks(vlanId: number): VlanLinks {
  const made = new Set<string>();
  return {
    ensure: async (parents, links) => {
      const names = new Set<string>();
      const failures = new Map<string, string>();
      for (const parent of parents) {
        const name = vlanName(parent, vlanId);
        try {
          if (!links.some((link) => link.name === name)) {
            await keepSilent(parent.name);
            await setUp(parent.name);
            await addVlan(parent.name, vlanId, name);
            made.add(name);
          }
          names.add(name);
        } catch (error) {
          failures.set(parent.name, `VLAN ${vlanId} cannot be set up: ${messageOf(error)}`);
        }
      }
      return { names, failures };
    },
    remove: async () => {
      // an interface that was pulled has taken its VLANs along
      for (const name of made) await removeLink(name).catch(() => {});
      made.clear();
    },
  };
}

/** `eno1.30`, as everybody calls it; names longer than the kernel's 15 characters are made of the index. */
export function vlanName({ name, index }: Pick<Link, 'name' | 'index'>, vlanId: number): string {
  const plain = `${name}.${vlanId}`;
  return plain.length <= 15 ? plain : `if${index}.${vlanId}`;
}
