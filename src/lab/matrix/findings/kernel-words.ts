/** What the kernel says when somebody mounts, replays, assembles, resumes or writes; each is one that a careless live system makes it say. */
const WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/write to read-only block.device/i, 'a write to a disk that is set read-only, which the kernel lets through'],
  [
    /EXT4-fs \((?!loop)[^)]*\): (mounted filesystem|recovery complete|orphan cleanup|\d+ orphan inode|.*deleting unreferenced)/,
    'an ext4 mount',
  ],
  [/JBD2: (recovery|journal)|recovering journal/i, 'a replayed journal'],
  [/XFS \([^)]*\): (Mounting|Starting recovery|Ending)/, 'an XFS mount'],
  [/BTRFS (info|warning).*\b(first mount|start tree-log replay|using .* checksum|forced readonly)/, 'a btrfs mount'],
  [/^(?:\[[^\]]*\] )?md(\/raid\w*:|\d+:|: .*(bind|resync|running))/, 'an assembled RAID'],
  [/device-mapper: (raid|thin|snapshots|table)/, 'an activated volume'],
  [/Adding \d+k swap on (?!\/dev\/zram)/, 'swap in use'],
  [
    /PM: (hibernation: )?(resume from hibernation|Image (signature|loading|mismatch)|Loading hibernation image|Read \d+ kbytes)|Hibernate inconsistent/i,
    'a resume',
  ],
  [/bcache: (register|run_cache|bch_)/, 'a registered bcache'],
  [/recon-matrix: a planted program runs/, 'a program of a planted disk'],
];

/** Findings in what the kernel said, each line once. `ownDevices` are the stick's. */
export function findKernelWords(lines: readonly string[], ownDevices: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const line of lines) {
    const text = line.replace(/^\[ *[\d.]+\] /, '');
    const word = WORDS.find(([pattern]) => pattern.test(text));
    if (word !== undefined && !ownDevices.some((name) => text.includes(`(${name})`))) found.set(text, word[1]);
  }
  return [...found].map(([text, what]) => `the kernel tells of ${what}: ${text}`);
}
