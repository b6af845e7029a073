import type { CpuSection, CpuSocket } from '../../../domain/record/cpu.ts';
import type { Dimm } from '../../../domain/record/memory.ts';
import type { PowerSupply } from '../../../domain/record/platform.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { asCount, asText, member, objects } from '../../values/json-value.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { product } from '../../values/tool-size.ts';
import { isFitted, type RedfishResource } from './resources.ts';

/** Memory modules in their slots; Memory of a GPU is none. */
export function redfishDimms(resources: readonly RedfishResource[]): Dimm[] {
  const modules = resources.filter(
    ({ type, body }) => type === 'Memory' && !/^(HBM|GDDR|DRAM_GPU)/i.test(asText(body['MemoryDeviceType']) ?? ''),
  );
  return modules.map((resource) => {
    const { body } = resource;
    const word = (key: string): string | undefined => meaningful(asText(body[key]));
    const locator =
      word('DeviceLocator') ?? meaningful(asText(member(body, 'Location', 'PartLocation', 'ServiceLabel'))) ?? word('Name') ?? word('Id');
    const sizeBytes = product(asCount(body['CapacityMiB']), 1024 ** 2);
    if (!isFitted(resource) || (sizeBytes === undefined && word('SerialNumber') === undefined))
      return definedOnly<Dimm>({ locator, populated: false });
    const [totalWidthBits, dataWidthBits] = [asCount(body['BusWidthBits']), asCount(body['DataWidthBits'])];
    return definedOnly<Dimm>({
      locator,
      populated: true,
      sizeBytes,
      type: word('MemoryDeviceType')?.replace(/[ _]SDRAM$/i, ''),
      ratedSpeedMtps: highest(body['AllowedSpeedsMHz']),
      configuredSpeedMtps: asCount(body['OperatingSpeedMhz']) || undefined,
      manufacturer: word('Manufacturer'),
      partNumber: word('PartNumber'),
      serial: meaningfulIdentity(asText(body['SerialNumber'])),
      rank: asCount(body['RankCount']) || undefined,
      totalWidthBits: totalWidthBits || undefined,
      dataWidthBits: dataWidthBits || undefined,
      ecc: totalWidthBits && dataWidthBits ? totalWidthBits > dataWidthBits : undefined,
    });
  });
}

function highest(speeds: unknown): number | undefined {
  const known = (Array.isArray(speeds) ? speeds : []).map(asCount).filter((speed) => speed !== undefined && speed > 0);
  return known.length === 0 ? undefined : Math.max(...known.map(Number));
}

/** Processors that run the machine: accelerators and FPGAs are Processor too. */
export function redfishCpu(resources: readonly RedfishResource[]): CpuSection {
  const all = resources.filter(({ type, body }) => type === 'Processor' && /^(CPU)?$/i.test(asText(body['ProcessorType']) ?? ''));
  const socketList = all.map((resource): CpuSocket => {
    const { body } = resource;
    const designation = meaningful(asText(body['Socket'])) ?? meaningful(asText(body['Id']));
    if (!isFitted(resource)) return definedOnly<CpuSocket>({ designation, populated: false });
    return definedOnly<CpuSocket>({
      designation,
      populated: true,
      model: meaningful(asText(body['Model'])),
      cores: asCount(body['TotalCores']) || undefined,
      threads: asCount(body['TotalThreads']) || undefined,
    });
  });
  const fitted = socketList.filter(({ populated }) => populated);
  const sum = (of: (socket: CpuSocket) => number | undefined): number | undefined => {
    const counts = fitted.map(of).filter((count) => count !== undefined);
    return counts.length > 0 && counts.length === fitted.length ? counts.reduce((total, count) => total + count, 0) : undefined;
  };
  return definedOnly<CpuSection>({
    model: fitted[0]?.model,
    sockets: fitted.length || undefined,
    socketsEmpty: socketList.length > 0 ? socketList.length - fitted.length : undefined,
    cores: sum(({ cores }) => cores),
    threads: sum(({ threads }) => threads),
    socketList: nonEmpty(socketList),
  });
}

/** Of Power, where they are parts of one resource, or one resource for each below PowerSubsystem. */
export function redfishPowerSupplies(resources: readonly RedfishResource[]): PowerSupply[] {
  const embedded = resources.filter(({ type }) => type === 'Power').flatMap(({ body }) => objects(body['PowerSupplies']));
  const own = resources.filter(({ type }) => type === 'PowerSupply').map(({ body }) => body);
  const all = [...new Map([...embedded, ...own].map((body, at) => [asText(body['@odata.id']) ?? `${at}`, body])).values()];
  return all.flatMap((body) => {
    const word = (key: string): string | undefined => meaningful(asText(body[key]));
    const location = word('Name') ?? word('MemberId') ?? word('Id');
    if (!isFitted({ type: '', path: '', body })) return [definedOnly<PowerSupply>({ location, present: false })];
    return [
      definedOnly<PowerSupply>({
        location,
        manufacturer: word('Manufacturer'),
        name: word('Model'),
        model: word('PartNumber') ?? word('SparePartNumber'),
        revision: word('FirmwareVersion'),
        serial: meaningfulIdentity(asText(body['SerialNumber'])),
        maxWatts: asCount(body['PowerCapacityWatts']) || undefined,
        present: true,
        status: meaningful(asText(member(body, 'Status', 'Health'))),
      }),
    ];
  });
}
