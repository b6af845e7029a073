import type { BootScriptInput } from '../../../src/master/boot/ipxe.ts';

/** A machine as both loaders are told of it. */
export const SCRIPT_INPUT: BootScriptInput = {
  mac: '52:54:00:12:34:56',
  base: 'http://10.77.0.1',
  masterAddress: '10.77.0.1',
  rootBase: 'http://bang',
  image: {
    version: '13.0.1',
    kernel: 'linux-13.0.1',
    initrd: 'initrd-13.0.1',
    drivers: { name: 'drivers-13.0.1', sha256: 'cd'.repeat(32), sizeBytes: 4_321_000 },
    rootImage: 'recon-13.0.1.squashfs',
    rootSha256: 'ab'.repeat(32),
    rootSizeBytes: 54_321_000,
  },
  withRareDrivers: false,
  buildArchitecture: 'x86_64',
};
