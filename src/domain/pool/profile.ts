import { z } from 'zod';
import { ImageChoiceText } from './boot-choice.ts';
import { KernelArgument } from './kernel-argument.ts';
import { PLACEHOLDERS, unknownPlaceholder } from './placeholders.ts';
import { PoolName } from './pool-name.ts';

const Title = z.string().min(1).max(60).exactOptional().meta({ description: 'its line in menus and on the page; without it the name' });
const Arguments = z
  .array(KernelArgument)
  .exactOptional()
  .meta({ description: 'arguments of the kernel', example: ['console=tty0', 'console=ttyS0,115200n8'] });
/** Below files/ of the pool's folder, or on another server. */
const Source = z
  .string()
  .regex(/^(https?:\/\/[^\s"'\\$]+|[A-Za-z0-9_][A-Za-z0-9._+-]*(\/[A-Za-z0-9_][A-Za-z0-9._+-]*)*)$/, 'a file below files/, or an http URL');

const FirstBoot = z.union([
  z.strictObject({ script: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/) }),
  z.strictObject({ ansiblePull: z.url() }),
  z.strictObject({ puppet: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'the name of a Puppet server') }),
]);

const Persist = z.strictObject({
  path: z.string().regex(/^\/[A-Za-z0-9._/-]+$/, 'an absolute path'),
  from: z
    .string()
    .regex(/^nfs:[^\s:]+:\/\S+$/, 'an NFS export, such as nfs:head:/home')
    .refine((text) => unknownPlaceholder(text) === undefined, `an unknown \${…}; known are ${PLACEHOLDERS.join(', ')}`),
});

const Compute = z.strictObject({
  kind: z.literal('compute'),
  title: Title,
  image: ImageChoiceText.meta({ description: 'the image, with a version or @newest', example: 'compute-debian-13@3' }),
  root: z
    .enum(['squashfs', 'tmpfs'])
    .default('squashfs')
    .meta({ description: 'squashfs: packed in RAM, what is written lies over it. tmpfs: every file unpacked in RAM' }),
  sizePercent: z.int().min(10).max(95).exactOptional().meta({ description: 'share of RAM that may be written. Default 50' }),
  numa: z.enum(['interleave', 'local']).exactOptional().meta({ description: "where a tmpfs' memory lies. Default interleave" }),
  arguments: Arguments,
  files: z
    .array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/))
    .exactOptional()
    .meta({ description: 'named sets of overlay files' }),
  firstBoot: FirstBoot.exactOptional().meta({ description: 'what runs once the system is up' }),
  persist: z.array(Persist).exactOptional().meta({ description: 'what outlives a boot, on an NFS server' }),
  disks: z
    .enum(['read-only', 'usable'])
    .default('read-only')
    .meta({ description: 'usable: the system may write to the disks of the machine' }),
});
const Linux = z.strictObject({
  kind: z.literal('linux'),
  title: Title,
  kernel: Source,
  initrd: z.array(Source).default([]),
  arguments: Arguments,
});
const Iso = z.strictObject({ kind: z.literal('iso'), title: Title, iso: Source });
const Script = z.strictObject({ kind: z.literal('script'), title: Title, script: Source });
const Menu = z.strictObject({
  kind: z.literal('menu'),
  title: Title,
  items: z.array(PoolName).min(1).max(40),
  default: PoolName.exactOptional(),
  timeoutSeconds: z.int().min(0).max(86_400).default(8),
});
const Failsafe = z.strictObject({
  kind: z.literal('failsafe'),
  title: Title,
  image: ImageChoiceText.exactOptional(),
  arguments: Arguments,
});
const Plain = z.strictObject({ kind: z.enum(['local-disk', 'recon', 'hold']), title: Title });

/** `profiles/<name>.yaml`: one thing that can be booted. */
export const Profile = z.discriminatedUnion('kind', [Compute, Linux, Iso, Script, Menu, Failsafe, Plain]);
export type Profile = z.infer<typeof Profile>;
export type ProfileKind = Profile['kind'];

/** What is there without being written down, each under the name of its kind. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, Profile> = new Map(
  (['local-disk', 'recon', 'hold', 'failsafe'] as const).map((kind) => [kind, { kind }]),
);

/** Kinds whose system tells the head that it is up. Of the others only the delivery of the last file is seen. */
export function reportsUp(kind: ProfileKind): boolean {
  return kind === 'compute' || kind === 'failsafe' || kind === 'recon';
}
