import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The drivers on the way from a disk to the machine's bus, `sd`, `megaraid_sas`, …, by sysfs. None where the kernel shows no way. */
export async function diskDrivers(name: string, sysfs = '/sys'): Promise<string[]> {
  const drivers: string[] = [];
  const end = join(sysfs, 'devices');
  for (let at = await realpath(join(sysfs, 'class/block', name)).catch(() => ''); at.startsWith(`${end}/`); at = dirname(at)) {
    const driver = basename(await readlink(join(at, 'driver')).catch(() => ''));
    if (driver !== '') drivers.push(driver);
  }
  return drivers;
}
