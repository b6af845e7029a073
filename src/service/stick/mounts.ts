/** The device mounted at a directory, from the text of /proc/mounts (proc(5)); undefined when nothing from a device is. */
export function mountSource(mounts: string, directory: string): string | undefined {
  const found = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([source, target]) => target === directory && source?.startsWith('/dev/'));
  return found?.[0];
}
