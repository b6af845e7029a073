import { madeUpModels, type ServerModel } from '../../src/demo/fleet/made-up-models.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { fixtureCapture } from '../inventory/capture-fixture.ts';
import { recordedTexts } from '../inventory/recordings/recorded-texts.ts';

/** Models of a fleet: four that are made up, and those of the recordings. */
export function serverModels(): ServerModel[] {
  return [...madeUpModels(), ...recorded()];
}

/** Desktops and machines that say nothing of themselves make no fleet. */
function recorded(): ServerModel[] {
  return recordedTexts().flatMap(({ outputs, files, links }) => {
    const record = normalise(fixtureCapture({ outputs, files, ...(links === undefined ? {} : { links }) }));
    const { system, memory, firmware } = record.sections;
    if (system.status !== 'ok' || memory.status !== 'ok' || firmware.status !== 'ok') return [];
    const { product, serial } = system.data;
    const { version, date } = firmware.data;
    if (product === undefined || version === undefined || memory.data.dimms.length < 4) return [];
    Object.assign(system.data, { serial: serial ?? 'CZ20300H4P', uuid: '4c4c4544-0035-3510-8052-b4c04f4e3732' });
    return [
      {
        record,
        bios: [
          { version, date: date ?? '01/01/2020' },
          { version: `${version}-a`, date: '03/07/2017' },
        ],
      },
    ];
  });
}
