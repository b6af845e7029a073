import { z } from 'zod';
import { Architecture, USUAL_ARCHITECTURE } from './values/architecture.ts';

const RelativePath = z.string().regex(/^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._+-]+(\/[A-Za-z0-9._+-]+)*$/, 'not a relative path');

/** What a master may hand out (firmware.ts says to whom). */
const LOADER_FILES = [
  ...['undionly.kpxe', 'snponly.efi', 'shimx64.efi', 'grubx64.efi'],
  ...['ipxe-arm64.efi', 'shimaa64.efi', 'grubaa64.efi'],
] as const;

/** Those without which a whole kind of firmware starts nothing. */
const LEAST_LOADERS: Readonly<Record<Architecture, readonly (typeof LOADER_FILES)[number][]>> = {
  x86_64: ['undionly.kpxe', 'snponly.efi'],
  arm64: ['ipxe-arm64.efi'],
};

const Signers = z.array(z.string().min(1)).min(1);

const SecureBootFiles = z.strictObject({
  efi: z.record(RelativePath, RelativePath).meta({ description: 'file of the EFI partition → signed file of the root, which leaves it' }),
  shim: RelativePath.meta({ description: 'which of them the firmware starts' }),
  config: RelativePath.meta({ description: 'where in the EFI partition the signed GRUB looks for its first configuration' }),
  signers: z
    .strictObject({ shim: Signers, others: Signers })
    .meta({ description: 'who issued the certificates that shim, and all else up to the kernel, must be signed with' }),
});
export type SecureBootFiles = z.infer<typeof SecureBootFiles>;

const Releases = z
  .strictObject({
    setting: z
      .string()
      .regex(/^[A-Z]+$/)
      .meta({ description: 'environment variable that names another release than suite' }),
    profiles: z
      .record(z.string().regex(/^[0-9]+(\.[0-9]+)*$/), z.string().min(1))
      .meta({ description: 'release → the KIWI profile for what differs' }),
  })
  .meta({ description: 'missing: the recipe is of one release' });

const Megabytes = z.number().positive();

const RecipeBudgets = z.strictObject({
  kernel: Megabytes,
  initrd: Megabytes,
  drivers: Megabytes,
  rootImage: Megabytes,
  isoWithoutData: Megabytes,
});
export type RecipeBudgets = z.infer<typeof RecipeBudgets>;

/** `recipes/<name>/recipe.json`: what differs between distributions and cannot be said in the KIWI description. */
export const Recipe = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    description: z.string().min(1).meta({ description: 'one line for the list of recipes' }),
    family: z.enum(['debian', 'suse']),
    architecture: Architecture.default(USUAL_ARCHITECTURE).meta({ description: 'processor that the image is for' }),
    suite: z.string().min(1).meta({ description: "the distribution's own name of the release" }),
    releases: Releases.exactOptional(),
    mirror: z
      .url({ protocol: /^https$/ })
      .exactOptional()
      .meta({ description: "the distribution's own, where neither MIRROR= nor the host names one" }),
    profile: z.string().min(1).meta({ description: 'KIWI profile' }),
    grubDirectory: RelativePath.meta({ description: 'directory of grub.cfg in the ISO' }),
    loaders: z
      .partialRecord(z.enum(LOADER_FILES), RelativePath)
      .meta({ description: 'boot loader as the master serves it → its path in the image' }),
    budgetsMb: RecipeBudgets.exactOptional().meta({
      description: 'what parts of the image may have in MB (10^6 bytes); a build that exceeds one fails',
    }),
    secureBoot: SecureBootFiles.exactOptional().meta({ description: 'missing: the stick starts only where Secure Boot is off' }),
  })
  .refine(({ architecture, loaders }) => LEAST_LOADERS[architecture].every((name) => loaders[name] !== undefined), {
    message: 'a loader is missing without which machines of that architecture start nothing',
    path: ['loaders'],
  });
export type Recipe = z.infer<typeof Recipe>;
