import type { ImageManifest } from '../../domain/image.ts';
import { liveMemoryBytes, startMemoryBytes } from '../../domain/ram-needs.ts';
import { readLeftOutDrivers, readModuleAliases, readPciIds } from '../../platform/machine/kernel-modules.ts';
import type { Discovery } from '../dhcp/discovery.ts';
import { cardName } from './card-names.ts';
import { CAPTURE_MS } from './limits.ts';
import { leftOutDrivers, pciDrivers } from './pci-drivers.ts';
import type { Surroundings } from './stuck-machine.ts';

interface SurroundingsInput {
  manifest: ImageManifest;
  now: () => Date;
  segments: () => readonly { interface: string }[];
  discovery: () => Discovery['current'];
  captureMs?: number;
}

/**
 * What verdicts need to know beside the machines, as it is at the time of the call. The master runs the image that it serves, so that its
 * own kernel's modules are those of the peers.
 */
export function followSurroundings({ manifest, now, segments, discovery, captureMs = CAPTURE_MS }: SurroundingsInput): () => Surroundings {
  const { initrd, kernel, rootImage } = manifest.files;
  const files = { kernelBytes: kernel.sizeBytes, initrdBytes: initrd.sizeBytes, rootImageBytes: rootImage.sizeBytes };
  let hasDriver: Surroundings['hasDriver'] = () => undefined;
  let leftOut: Surroundings['leftOutDrivers'] = () => [];
  let pciIds = '';
  void readLeftOutDrivers().then((table) => {
    leftOut = leftOutDrivers(table);
  });
  void readPciIds().then((text) => {
    pciIds = text;
  });
  void readModuleAliases().then((aliases) => {
    hasDriver = pciDrivers(aliases);
  });
  return () => {
    const state = discovery();
    const served = new Set(segments().map((segment) => segment.interface));
    return {
      nowMs: now().getTime(),
      discoveryOver: state.state === 'ended' ? state.reason : undefined,
      isServed: (networkInterface) => served.has(networkInterface),
      hasDriver,
      leftOutDrivers: leftOut,
      cardName: (pciId) => cardName(pciIds, pciId),
      neededRamBytes: liveMemoryBytes(files),
      startRamBytes: startMemoryBytes(files),
      captureMs,
    };
  };
}
