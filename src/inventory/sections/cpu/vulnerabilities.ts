import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';

const DIRECTORY = 'sys/devices/system/cpu/vulnerabilities';

/** Name → what the kernel says, by the names of the files in /sys; lscpu repeats them in words. Undefined without any. */
export function cpuVulnerabilities(files: CopiedFiles, lscpu: ReadonlyMap<string, string>): Record<string, string> | undefined {
  const fromSysfs = files.list(DIRECTORY).map((name) => [name, copiedValue(files, `${DIRECTORY}/${name}`)] as const);
  const fromLscpu = [...lscpu].flatMap(([field, data]) => {
    const name = /^Vulnerability (.+)$/.exec(field)?.[1];
    return name === undefined ? [] : [[name.toLowerCase().replaceAll(' ', '_'), data] as const];
  });
  const known = new Map([...fromLscpu, ...fromSysfs].filter((pair): pair is [string, string] => pair[1] !== undefined));
  return known.size > 0 ? Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}
