/** Parts of mdadm and lvm2 that act by themselves, wherever a distribution puts them. */
const ACTING: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|\/)lib\/udev\/rules\.d\/[^/]*(md-raid|md-clustered|-lvm|dm-event-lvm)[^/]*\.rules$/, 'a udev rule that assembles storage'],
  [
    /(^|\/)lib\/systemd\/system\/([^/]*\/)?(lvm2-|blk-availability|mdadm|mdmonitor|mdcheck|mdmon@)[^/]*$/,
    'a unit that assembles or checks storage',
  ],
  [/(^|\/)lib\/systemd\/system-(shutdown|generators)\/[^/]*(mdadm|lvm)[^/]*$/, 'a program that systemd calls for storage'],
  [/(^|\/)s?bin\/(mdmon|dmeventd|lvmpolld|fsadm|vgchange|lvchange|vgimportclone|pvscan|blkdeactivate)$/, 'a program that changes storage'],
  [/^etc\/(lvm|mdadm)\/./, 'settings of a tool that assembles storage'],
];

/** The two that read. */
const READING = ['mdadm', 'lvm'] as const;

/** What is wrong with the storage tools among the files of a root image; empty when nothing is. Paths have no leading slash. */
export function storageToolFaults(paths: readonly string[]): string[] {
  const missing = READING.filter((name) => !paths.some((path) => path.endsWith(`sbin/${name}`))).map((name) => `the image lacks ${name}`);
  const acting = ACTING.flatMap(([pattern, what]) => {
    const found = paths.find((path) => pattern.test(path));
    return found === undefined ? [] : [`the image holds ${what} (/${found})`];
  });
  return [...missing, ...acting];
}
