import type { Sensor } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { cleanValue } from '../../domain/values/text.ts';

/**
 * Rows of `ipmitool sdr` (3 columns), `sdr elist` (5) and `sensor` (10). Lines of another form are messages of ipmitool between the rows and
 * are passed over; a row without a reading stays, because the sensor is there.
 */
export function parseSensors(text: string): Sensor[] {
  return text.split('\n').flatMap((line) => {
    const columns = line.split('|').map((column) => cleanValue(column) ?? '');
    const [name = ''] = columns;
    if (name === '') return [];
    if (columns.length === 3) return [readSensor(name, columns[1] ?? '', columns[2])];
    if (columns.length === 5 && /^[0-9a-f]{1,3}h$/i.test(columns[1] ?? '')) {
      const entity = /^\d+\.\d+$/.test(columns[3] ?? '') ? columns[3] : undefined;
      return [{ ...readSensor(name, columns[4] ?? '', columns[2]), ...definedOnly({ entity }) }];
    }
    if (columns.length === 10) return [readSensor(name, `${columns[1]} ${columns[2]}`, columns[3])];
    return [];
  });
}

function readSensor(name: string, reading: string, status: string | undefined): Sensor {
  const [, number, unit] = /^(-?\d{1,12}(?:\.\d{1,6})?) ([^\d,][^,]*)(?:,.*)?$/.exec(reading) ?? [];
  const isValue = number !== undefined && unit !== undefined && !/^discrete$/i.test(unit);
  return definedOnly<Sensor>({
    name,
    status: status === undefined || /^(na)?$/i.test(status) ? undefined : status,
    value: isValue ? Number(number) : undefined,
    unit: isValue ? unit : undefined,
    text: isValue || NO_READING.test(reading) ? undefined : reading,
  });
}

const NO_READING = /^(no reading|not readable|disabled|na\b.*|0x[0-9a-f]+( discrete)?|)$/i;
