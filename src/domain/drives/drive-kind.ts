export const DRIVE_KINDS = ['NVMe', 'SSD', 'HDD', 'other'] as const;
export type DriveKind = (typeof DRIVE_KINDS)[number];

/** What tells the kind of a drive: Linux, the drive itself, or its controller's tool. */
export interface KindFacts {
  transport?: string;
  interface?: string;
  rotational?: boolean;
  rotationRpm?: number;
  medium?: string;
}

/** The kind of a drive. What its controller says counts where Linux and the drive say nothing of turning. */
export function driveKind(facts: KindFacts): DriveKind {
  if (busOf(facts) === 'nvme') return 'NVMe';
  const turns = facts.rotational ?? doesTurn(facts);
  return turns === undefined ? 'other' : turns ? 'HDD' : 'SSD';
}

/** Whether a drive turns, as its controller's tool or the drive behind it says. */
export function doesTurn({ medium, rotationRpm }: Pick<KindFacts, 'medium' | 'rotationRpm'>): boolean | undefined {
  if (medium === 'HDD' || medium === 'SSD') return medium === 'HDD';
  return rotationRpm === undefined ? undefined : rotationRpm > 0;
}

/** `Solid State SATA` and `SAS HDD` of ssacli as lsblk says it: sata, sas, nvme; any other word as it is. */
export function busOf({ transport, interface: link }: Pick<KindFacts, 'transport' | 'interface'>): string | undefined {
  const said = (transport ?? link)?.toLowerCase();
  return /\b(?:nvme|sata|sas)\b/.exec(said ?? '')?.[0] ?? said;
}
