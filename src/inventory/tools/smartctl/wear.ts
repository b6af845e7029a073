import { asCount, asText, member, objects } from '../../values/json-value.ts';

/**
 * Rated endurance that a SATA SSD has used up, in percent: as the drive's statistics say it (ACS-4, page 7), else from the attribute that its maker counts
 * it by. Undefined of a disk that turns, and of an SSD that tells nothing.
 */
export function ataWearPercent(root: Record<string, unknown>): number | undefined {
  if ((asCount(root['rotation_rate']) ?? 0) > 0) return undefined;
  return fromStatistics(root) ?? fromAttributes(root);
}

function fromStatistics(root: Record<string, unknown>): number | undefined {
  const rows = objects(member(root, 'ata_device_statistics', 'pages')).flatMap((page) => objects(page['table']));
  const row = rows.find((entry) => /^percentage used endurance indicator$/i.test(asText(entry['name']) ?? ''));
  // a statistic may be there and have no value yet
  return member(row, 'flags', 'valid') === false ? undefined : percent(asCount(row?.['value']));
}

/**
 * Attributes by the names that smartctl has for them, the plainest first: their numbers mean something else on other drives (231 is a temperature there, 233 a
 * count of bytes). `left`: the normalised value counts down from 100. `leftRaw`, `usedRaw`: the raw value is the percentage.
 */
const WEAR_ATTRIBUTES: readonly (readonly [name: RegExp, means: 'left' | 'leftRaw' | 'usedRaw'])[] = [
  // 202 and 245 of Micron, Crucial and Solidigm; 231 of Kingston, Phison and SandForce; 202 of SK hynix
  [
    /^(percent_lifetime_remain(ing)?|percent_life_remaining|perc_rated_life_remain|ssd_life_left|end_of_life|drive_life_remaining%)$/i,
    'left',
  ],
  // 169 and 209 of Silicon Motion, Indilinx and others
  [/^(remaining_lifetime(_perc(ent)?)?|ssd_life_left_perc|lifetime_remaining%|remain_life_percentage|drive_remaining_life)$/i, 'leftRaw'],
  [/^(perc_rated_life_used|percent_lifetime_used|drive_life_used%|lifetime_used)$/i, 'usedRaw'],
  // 233 of Intel
  [/^media_wearout_indicator$/i, 'left'],
  // 177 of Samsung, 173 of Micron and others
  [/^(wear_leveling_count|ave_block-erase_count|avg_block-erase_count|avg_write\/erase_count)$/i, 'left'],
];

function fromAttributes(root: Record<string, unknown>): number | undefined {
  const rows = objects(member(root, 'ata_smart_attributes', 'table'));
  for (const [name, means] of WEAR_ATTRIBUTES) {
    const row = rows.find((entry) => name.test(asText(entry['name']) ?? ''));
    const value = percent(asCount(means === 'left' ? row?.['value'] : member(row, 'raw', 'value')));
    if (value !== undefined && value <= 100) return means === 'usedRaw' ? value : 100 - value;
  }
  return undefined;
}

/** A worn drive may pass 100; 255 is the end of the byte and says more than that (ACS-4). */
function percent(value: number | undefined): number | undefined {
  return value !== undefined && value <= 255 ? value : undefined;
}
