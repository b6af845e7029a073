/** What is mounted from a device. */
export interface DeviceMount {
  device: string;
  options: string[];
}

/** The uppermost mount of a directory, from the text of /proc/mounts (proc(5)); undefined when it is not that of a device. */
export function mountOf(mounts: string, directory: string): DeviceMount | undefined {
  const [device = '', , , options = ''] =
    mounts
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, target]) => target === directory) ?? [];
  return device.startsWith('/dev/') ? { device, options: options.split(',') } : undefined;
}
