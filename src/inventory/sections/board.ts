import type { BoardSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../domain/values/placeholder.ts';
import type { Readings } from '../readings/readings.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import type { CopiedFiles } from '../values/copied-files.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { notDescribed } from './dmi-absence.ts';
import { dmiId } from './dmi-id.ts';
import { readFru } from './fru/fru.ts';
import { withFruBoard } from './fru/parts.ts';

/** SMBIOS type 2. Of several boards (risers, I/O boards, interconnects) the one that says it is the motherboard, else the first. */
export function normaliseBoard(
  { dmi, dmiAndLshw, ipmi }: Pick<Readings, 'dmi' | 'dmiAndLshw' | 'ipmi'>,
  capture: CopiedFiles & CommandLog,
): SectionResult<BoardSection> {
  const boards = recordsOfType(dmiAndLshw, 2);
  const board = (boards.find((record) => record.fields.get('Type') === 'Motherboard') ?? boards[0])?.fields;
  const field = (key: string, file: string): string | undefined => board?.get(key) ?? dmiId(capture, file);
  const described = definedOnly<BoardSection>({
    vendor: meaningful(field('Manufacturer', 'board_vendor')),
    product: meaningful(field('Product Name', 'board_name')),
    version: meaningfulLabel(field('Version', 'board_version')),
    serial: meaningfulIdentity(field('Serial Number', 'board_serial')),
    assetTag: meaningfulLabel(field('Asset Tag', 'board_asset_tag')),
  });
  const data = withFruBoard(described, ipmi.frus.map(readFru));
  // older ProLiant and virtual machines have no type 2 at all
  return Object.keys(data).length > 0 ? ok(data) : notDescribed(dmi, capture, 'baseboard');
}
