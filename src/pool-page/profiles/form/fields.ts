import { PLACEHOLDERS } from '../../../domain/pool/placeholders.ts';
import type { Profile, ProfileKind } from '../../../domain/pool/profile.ts';

/** How a value of a profile is typed. */
export type FieldControl =
  | { control: 'text' | 'number' | 'words' | 'lines' | 'image' | 'profile' | 'profiles' | 'first-boot' }
  | { control: 'option'; options: readonly { value: string; text: string }[] };

export type ProfileField = FieldControl & { label: string; hint?: string; isNeeded?: true };

type FieldOf<Kind extends ProfileKind, One = Profile> = One extends { kind: ProfileKind }
  ? Kind extends One['kind']
    ? Exclude<keyof One, 'kind'>
    : never
  : never;

const title: ProfileField = { control: 'text', label: 'Title', hint: 'its line in menus; empty: its name' };
const kernelArguments: ProfileField = {
  ...{ control: 'words', label: 'Kernel arguments' },
  hint: `with blanks between them; ${PLACEHOLDERS.map((one) => `\${${one}}`).join(', ')} are filled in`,
};
const SOURCE = 'a file below files/ of the pool, or an http address';

/** Every field of each kind, in the order of the form: one table, held against the schema by its type and by a test. */
export const PROFILE_FIELDS: { readonly [Kind in ProfileKind]: { readonly [Key in FieldOf<Kind>]-?: ProfileField } } = {
  compute: {
    image: { control: 'image', label: 'Image', isNeeded: true },
    title,
    root: {
      ...{ control: 'option', label: 'Root' },
      options: [
        { value: 'squashfs', text: 'squashfs: packed in RAM, what is written lies over it' },
        { value: 'tmpfs', text: 'tmpfs: every file unpacked in RAM' },
      ],
    },
    sizePercent: { control: 'number', label: 'Share of RAM that may be written', hint: 'in percent, 10 to 95; empty: 50' },
    numa: {
      ...{ control: 'option', label: 'Memory of the root' },
      options: [
        { value: '', text: 'as usual (interleave)' },
        { value: 'interleave', text: 'interleave: over all nodes of the machine' },
        { value: 'local', text: 'local: where it is written' },
      ],
    },
    arguments: kernelArguments,
    files: { control: 'words', label: 'Sets of files', hint: 'folders below files/set of the pool' },
    firstBoot: { control: 'first-boot', label: 'At the first boot', hint: 'runs once the system is up' },
    persist: { control: 'lines', label: 'What outlives a boot', hint: 'a path and where it lies, one a line: /home nfs:head:/home' },
    disks: {
      ...{ control: 'option', label: 'Disks' },
      options: [
        { value: 'read-only', text: 'read-only: the guard keeps them' },
        { value: 'usable', text: 'usable: the system may write to them' },
      ],
    },
  },
  failsafe: { image: { control: 'image', label: 'Image', hint: 'empty: failsafe' }, title, arguments: kernelArguments },
  linux: {
    kernel: { control: 'text', label: 'Kernel', hint: SOURCE, isNeeded: true },
    initrd: { control: 'words', label: 'Initial ramdisks', hint: 'the same, with blanks between them' },
    title,
    arguments: kernelArguments,
  },
  iso: { iso: { control: 'text', label: 'ISO', hint: SOURCE, isNeeded: true }, title },
  script: { script: { control: 'text', label: 'iPXE script', hint: SOURCE, isNeeded: true }, title },
  menu: {
    items: { control: 'profiles', label: 'Profiles', hint: 'in their order, with blanks between them', isNeeded: true },
    default: { control: 'profile', label: 'Taken by itself' },
    timeoutSeconds: { control: 'number', label: 'Seconds until then', hint: '0: it waits; empty: 8' },
    title,
  },
  'local-disk': { title },
  recon: { title },
  hold: { title },
};

/** What each kind is, for who chooses one. */
export const KIND_WORDS: Readonly<Record<ProfileKind, string>> = {
  compute: 'an image that lives in RAM',
  failsafe: 'the rescue image',
  linux: 'any kernel and initial ramdisk',
  iso: 'an ISO',
  script: 'an iPXE script',
  menu: 'a choice on the screen',
  'local-disk': 'the disk of the machine',
  recon: 'the inventory of this product',
  hold: 'nothing: it says why, and waits',
};
