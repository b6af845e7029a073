import { z } from 'zod';
import { AgeRecipient } from './values/age-recipient.ts';
import { ARCHITECTURES, Architecture, USUAL_ARCHITECTURE } from './values/architecture.ts';
import { RARE_CARD } from './values/rare-cards.ts';

const FileEntry = z.strictObject({
  name: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * `manifest.json` of a build: what went in and what came out. A copy lies in the ISO at `/recon/manifest.json`, which is
 * how a master knows kernel, initrd and root image of the medium that it booted from.
 */
export const ImageManifest = z.looseObject({
  manifestVersion: z.literal(1),
  recipe: z.string(),
  architecture: Architecture.exactOptional().meta({ description: 'processor that the image runs on; missing: x86_64' }),
  version: z.string().meta({ description: 'image version, for example 13.x.1' }),
  commit: z.string().meta({ description: 'git commit of the sources, with "-dirty" when there were changes' }),
  builtAt: z.iso.datetime(),
  node: z.string().meta({ description: 'version of the Node binary in the image' }),
  kernelRelease: z.string(),
  isoUuid: z.string().meta({ description: 'UUID of the ISO 9660 volume as udev shows it (ID_FS_UUID)' }),
  dataPartitionUuid: z.string().meta({ description: 'PARTUUID of RECONDATA on a stick written from this ISO' }),
  dataSizeBytes: z.int().positive(),
  encryptTo: AgeRecipient.exactOptional().meta({
    description: 'public key of age (AGE_RECIPIENT=) that tarballs are encrypted to when recon.yaml does not say otherwise',
  }),
  standIn: z
    .literal(true)
    .exactOptional()
    .meta({ description: "made of another distribution's packages, to try the way; to be booted by nobody" }),
  rareCards: z
    .array(z.string().regex(RARE_CARD))
    .exactOptional()
    .meta({ description: 'network cards (PCI vendor and device) whose drivers are in the archive `drivers` and not in the initrd' }),
  files: z.strictObject({
    kernel: FileEntry,
    initrd: FileEntry,
    drivers: FileEntry.exactOptional().meta({
      description: 'drivers of rare cards and controllers, which the kernel reads behind the initrd',
    }),
    rootImage: FileEntry,
    iso: FileEntry.exactOptional().meta({ description: 'absent in the copy inside the ISO' }),
  }),
});
export type ImageManifest = z.infer<typeof ImageManifest>;

/** A component of the bill of materials (src/builder/sbom/sbom-text.ts). */
const Part = z.strictObject({
  type: z.literal('file').exactOptional(),
  name: z.string(),
  version: z.string().exactOptional(),
  purl: z.string().exactOptional(),
  sha256: z.string().exactOptional(),
  sha512: z.string().exactOptional(),
  licenses: z.array(z.string()).exactOptional(),
});

/** What is known of the kept parts of an image, beside their bytes. */
export const BaseFacts = z.strictObject({
  isoName: z.string().regex(/^[^/]+\.iso$/),
  kernelRelease: z.string(),
  isStandIn: z.boolean(),
  /** PCI ids */
  rareCards: z.array(z.string().regex(RARE_CARD)),
  /** names in the EFI partition; the files lie in `signed` */
  signed: z.array(z.string()),
  /** of the bill of materials, without our program */
  parts: z.array(Part),
});
export type BaseFacts = z.infer<typeof BaseFacts>;

/** Where things lie in the ISO's own tree, whatever it is for. */
export const ISO_PATHS = {
  rootImage: 'LiveOS/squashfs.img',
  manifest: 'recon/manifest.json',
  sbom: 'recon/sbom.cdx.json',
} as const;

/** Where what boots lies in the ISO's own tree. The kernel and initrd paths are KIWI's. */
export function bootPaths(architecture: Architecture = USUAL_ARCHITECTURE): Record<'kernel' | 'initrd' | 'drivers' | 'rootImage', string> {
  const folder = `boot/${ARCHITECTURES[architecture].machine}/loader`;
  return { kernel: `${folder}/linux`, initrd: `${folder}/initrd`, drivers: `${folder}/drivers`, rootImage: ISO_PATHS.rootImage };
}

/** In the initrd: `pattern module` (modules.alias) of each driver that the archive `drivers` has. */
export const RARE_DRIVER_LIST = 'usr/lib/recon/rare-drivers';

/**
 * In the root: `pattern module` of each PCI device whose driver the kernel has, and the image leaves out: neither root nor initrd nor archive has
 * it. A capture has the lines that fit the machine.
 */
export const LEFT_OUT_DRIVER_LIST = 'usr/share/recon/left-out-drivers';

/** In that archive: what is in it, line by line; in an initrd that was loaded with it it says that it is there. */
export const DRIVER_ARCHIVE_LIST = 'usr/lib/recon/drivers-here';

/** Our program as a squashfs, in an archive behind the initrd; the live system has it mounted. */
export const PROGRAM_LAYER = 'usr/lib/recon/program.squashfs';

/** File system label of the data partition on the stick. */
export const DATA_LABEL = 'RECONDATA';
