import type { Gpu } from '../../../domain/record/accelerators.ts';
import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { pciAddress } from '../../values/pci-address.ts';
import type { LshwNode } from './tree.ts';

/** PCI functions as lshw lists them; numbers only where it was asked for them (`-numeric`). */
export function lshwPciFunctions(nodes: readonly LshwNode[]): PciFunction[] {
  return pciNodes(nodes).map(([address, node]) => {
    const { vendor, vendorId, product, deviceId } = namesOf(node);
    return definedOnly<PciFunction>({
      address,
      class: node.description,
      vendorId,
      vendor,
      deviceId,
      device: product,
      driver: node.configuration.get('driver'),
      revision: node.version,
    });
  });
}

/** Nodes of lshw's class `display`, which is PCI class 03xx. */
export function lshwGpus(nodes: readonly LshwNode[]): Gpu[] {
  const displays = pciNodes(nodes).filter(([, node]) => node.class === 'display');
  return displays.map(([pciAddress, node]) => {
    const { vendor, product } = namesOf(node);
    return definedOnly<Gpu>({ pciAddress, vendor, model: product, driver: node.configuration.get('driver') });
  });
}

/** The PCI function that a node is or hangs on, as `0000:00:1f.2`. */
export function pciAddressAbove(node: LshwNode): string | undefined {
  return [node, ...node.parents.toReversed()].map(pciAddressOf).find((address) => address !== undefined);
}

/** Names without the numbers that `-numeric` puts behind them; where no list knows the device, lshw repeats the vendor. */
export function namesOf(node: LshwNode): { vendor?: string; vendorId?: string; product?: string; deviceId?: string } {
  const [, vendor = '', vendorId] = /^(.*?)(?: \[([0-9A-F]{1,4})\])?$/i.exec(node.vendor ?? '') ?? [];
  const [, product = '', deviceId] = /^(.*?)(?: \[[0-9A-F]{1,4}:([0-9A-F]{1,4})\])?$/i.exec(node.product ?? '') ?? [];
  return definedOnly({
    vendor: meaningful(vendor),
    vendorId: vendorId?.padStart(4, '0').toLowerCase(),
    product: product === vendor ? undefined : meaningful(product),
    deviceId: deviceId?.padStart(4, '0').toLowerCase(),
  });
}

function pciNodes(nodes: readonly LshwNode[]): [address: string, node: LshwNode][] {
  const found = nodes.flatMap((node): [string, LshwNode][] => {
    const address = pciAddressOf(node);
    return address === undefined ? [] : [[address, node]];
  });
  return found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function pciAddressOf(node: LshwNode): string | undefined {
  return pciAddress(/^pci@(.*)$/.exec(node.businfo ?? '')?.[1]);
}
