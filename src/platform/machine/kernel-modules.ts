import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';

/** What the running kernel's modules say they can drive; empty where nothing is known. */
export interface ModuleAliases {
  /** text of `modules.alias` (depmod(8)): `alias pattern module` lines */
  modules: string;
  /** text of `modules.builtin`: a path for each module that is part of the kernel itself (kernel, Documentation/kbuild/kbuild.rst) */
  builtin: string;
  /** `modules.builtin.modinfo`: `module.key=value`, each with a zero byte behind it; kernels up to 6.12 at least leave PCI aliases out of it */
  builtinInfo: string;
}

/** Reads the lists of the running kernel. Never throws: a kernel without modules has none. */
export async function readModuleAliases(root = '/lib/modules'): Promise<ModuleAliases> {
  const textOf = async (name: string): Promise<string> => readFile(join(root, release(), name), 'latin1').catch(() => '');
  const names = ['modules.alias', 'modules.builtin', 'modules.builtin.modinfo'] as const;
  const [modules = '', builtin = '', builtinInfo = ''] = await Promise.all(names.map(textOf));
  return { modules, builtin, builtinInfo };
}

/** `pattern module` lines of the drivers that the image leaves out. Never throws: empty where there is no such table. */
export async function readLeftOutDrivers(path = `/${LEFT_OUT_DRIVER_LIST}`): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}

/** Names of PCI devices (pciutils): Debian's place and SUSE's. Never throws: empty where there are none. */
export async function readPciIds(
  places: readonly string[] = ['/usr/share/misc/pci.ids', '/usr/share/pci.ids', '/usr/share/hwdata/pci.ids'],
): Promise<string> {
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => '');
    if (text !== '') return text;
  }
  return '';
}
