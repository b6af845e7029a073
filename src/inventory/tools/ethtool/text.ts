import { meaningful } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';

/** `key: value` lines of `ethtool -i` and `ethtool`; undefined values (`N/A`, `Unknown!`) are left out. */
export function parseEthtool(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, raw] = /^\s*([A-Za-z][^:]*?):\s+(.*)$/.exec(line) ?? [];
    const value = meaningful(raw);
    if (key !== undefined && value !== undefined && value !== 'Unknown!' && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}

/** `Speed: 25000Mb/s` in Mbit/s. */
export function ethtoolSpeedMbps(fields: ReadonlyMap<string, string>): number | undefined {
  return wholeNumber(/^(\d+)Mb\/s/.exec(fields.get('Speed') ?? '')?.[1]);
}

/** `Permanent address: 52:54:00:12:34:56` of `ethtool -P`, as text of any length (InfiniBand has 20 bytes); undefined for zeros. */
export function parsePermanentAddress(text: string): string | undefined {
  return hardwareAddress(/^Permanent address:\s+(\S+)\s*$/im.exec(text)?.[1]);
}
