import type { PlaceholderValues } from '../../domain/pool/placeholders.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import type { MacAddress } from '../../domain/values/mac.ts';

/** A packed root, by which the ramdisk knows what to do with it. */
export type ScriptRootFile = 'root.sqfs' | 'root.tar.zst';

/** The version of an image that a machine is to boot; its files lie at `<base>/<name>/<version>/`. */
export interface ScriptImage {
  name: string;
  version: number;
  /** URL of all images, without a slash at the end */
  base: string;
  /** the root that the ramdisk fetches; missing: the ramdisk is all there is */
  root?: { file: ScriptRootFile; sha256: string; sizeBytes: number };
}

/** What a machine's script is made of. */
export interface ScriptInput {
  mac: MacAddress;
  /** the head's URL as the machine reached it, without a slash at the end */
  base: string;
  profileName: string;
  profile: Profile;
  /** who decided, in words, as `rule 2 says compute@3 (pool.yaml line 9)` */
  because: string;
  /** what it is called on its screen: the node, or its MAC address */
  machine: string;
  values: PlaceholderValues;
  /** of a profile that boots an image */
  image?: ScriptImage;
  /** why it cannot run that image, as `it has 128 MiB of RAM, and …` */
  unfit?: string;
  /** of the groups that the machine is in, the one that counts most first */
  groupArguments?: readonly string[];
  /** lines of a menu */
  items?: readonly MenuItem[];
  /** where the inventory image's own first script lies; missing: this head has none */
  reconUrl?: string;
}

export interface MenuItem {
  profile: string;
  title: string;
}

/** Where a file lies that a profile names: below files/ of the pool's folder, or elsewhere. */
export function sourceUrl({ base, profileName }: Pick<ScriptInput, 'base' | 'profileName'>, source: string): string {
  return /^https?:/.test(source) ? source : `${base}/profiles/${profileName}/${source}`;
}
