import { ReconError } from '../../domain/errors.ts';
import { keysOfExpected, keysOfKnown } from '../../domain/expected-machines.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import type { ExportMachine } from '../../report/export/machine.ts';
import { type RackPlace, rackPlaces } from '../../settings/rack-list.ts';

/** Where a person says that a machine stands. */
export type PlaceOf = (machine: ExportMachine) => RackPlace | undefined;

/**
 * Reads a list of racks. A machine is found by the MAC address of any of its ports, its serial number, UUID or asset tag.
 * @throws ReconError `usage` with the line of what makes no sense
 */
export async function readRackPlaces(file: string): Promise<PlaceOf> {
  const bytes = await readOrUndefined(file);
  if (bytes === undefined)
    throw new ReconError('usage', `there is no file ${file} that can be read`, { hint: 'a CSV file with the columns serial, rack, unit' });
  const { rows, mistakes } = rackPlaces(bytes);
  const [mistake] = mistakes;
  if (mistake !== undefined)
    throw new ReconError('usage', `${file} line ${mistake.line}: ${mistake.message}`, {
      hint: mistake.hint ?? 'columns serial, rack, unit',
    });
  const byKey = new Map(rows.flatMap(({ machine, place }) => keysOfExpected(machine).map((key) => [key, place] as const)));
  return ({ mac, sections: { system, nics }, bmc }) => {
    const macs = [
      mac,
      ...(nics ?? []).flatMap((nic) => [nic.permanentMac ?? [], nic.mac ?? []].flat()),
      ...(bmc?.mac === undefined ? [] : [bmc.mac]),
    ];
    const numbers = [system?.serial, system?.uuid, system?.chassis?.serial, system?.chassis?.assetTag].filter((one) => one !== undefined);
    return keysOfKnown(macs, numbers)
      .map((key) => byKey.get(key))
      .find((place) => place !== undefined);
  };
}
