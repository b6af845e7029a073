import { bootChoiceText } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { ScriptLoader } from '../../master/boot/other-boots.ts';
import type { Decision } from '../decide/decide.ts';
import { decidedChoice } from '../decide/decide.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';
import { grubMachineScript } from '../script/grub-script.ts';
import { machineScript } from '../script/machine-script.ts';
import type { ScriptImage, ScriptInput, ScriptRootFile } from '../script/script-input.ts';
import type { AskingMachine } from './asking-machine.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { placeholderValues } from './placeholder-values.ts';
import type { ServedImage } from './served-images.ts';
import { type Unfit, unfitFor, unfitForGrub } from './unfit-machine.ts';

export interface OwnScript {
  script: string;
  /** what it boots, with the version that was meant, as `compute@3` */
  choice: string;
  because: string;
  /** why it does not boot that: the script goes on with its own disk */
  unfit?: Unfit;
}

/** The script for a decision; `facts`: what the firmware says; `ours`: our URL and address as the machine reached us. */
export async function ownScript(
  { pool, images, reconUrl }: Pick<MachinesDeps, 'pool' | 'images' | 'reconUrl'>,
  asker: AskingMachine,
  { decision, facts, loader }: { decision: Decision; facts: WatchedMachine['facts']; loader: ScriptLoader },
  ours: { origin: string; base: string; address: string },
): Promise<OwnScript> {
  const all = pool();
  const image = await imageOf(decision, images);
  const unfit = unfitFor(image, facts) ?? (loader === 'grub' ? unfitForGrub(decision.profile) : undefined);
  const because = becauseText(decision);
  const { profile, profileName, groups } = decision;
  const input: ScriptInput = {
    ...{ mac: asker.mac, base: ours.base, profileName, profile, because, machine: asker.node ?? asker.mac },
    values: placeholderValues(all, { node: asker.node, groups, imageVersion: image?.version, headAddress: ours.address }),
    groupArguments: groups.flatMap((group) => all.groups.get(group)?.arguments ?? []),
    ...definedOnly({
      reconUrl: reconUrl?.(ours.origin, asker.mac),
      image: image === undefined ? undefined : scriptImage(all, image, ours.base, profile),
    }),
    ...definedOnly({ unfit: unfit?.sentence }),
    items: profile.kind === 'menu' ? profile.items.map((item) => ({ profile: item, title: all.profiles.get(item)?.title ?? item })) : [],
  };
  const choice = bootChoiceText({ profile: profileName, ...definedOnly({ imageVersion: image?.version }) });
  return { script: loader === 'grub' ? grubMachineScript(input) : machineScript(input), choice, because, ...definedOnly({ unfit }) };
}

async function imageOf({ profile, profileName, imageVersion }: Decision, images: MachinesDeps['images']): Promise<ServedImage | undefined> {
  if (profile.kind !== 'compute' && profile.kind !== 'failsafe') return undefined;
  const wanted = profile.image ?? profileName;
  const [name = wanted] = wanted.split('@');
  return images.choose(imageVersion === undefined ? wanted : `${name}@${imageVersion}`);
}

const ROOTS: Readonly<Record<'squashfs' | 'tmpfs', ScriptRootFile>> = { squashfs: 'root.sqfs', tmpfs: 'root.tar.zst' };

function scriptImage({ settings }: Pool, { name, version, files }: ServedImage, base: string, profile: Decision['profile']): ScriptImage {
  const [network] = Object.values(settings.networks ?? {});
  const file = profile.kind === 'compute' ? rootOf(files, ROOTS[profile.root]) : undefined;
  const root = file === undefined ? undefined : files.get(file);
  return {
    ...{ name, version, base: (network?.imagesBase ?? `${base}/images`).replace(/\/+$/, '') },
    ...(file === undefined || root === undefined ? {} : { root: { file, ...root } }),
  };
}

/** An image with one root is booted from that one, whatever the profile would rather have: with an address that is not there nobody comes up. */
function rootOf(files: ServedImage['files'], wanted: ScriptRootFile): ScriptRootFile {
  return files.has(wanted) ? wanted : (Object.values(ROOTS).find((file) => files.has(file)) ?? wanted);
}

function becauseText(decision: Decision): string {
  const { by, name = '', why = '', says = decidedChoice(decision), place } = decision.decidedBy;
  const who = [by.replaceAll('-', ' '), name].filter((word) => word !== '').join(' ');
  return `${who}${by === 'loop-guard' ? `: ${why}` : ` says ${says}`}${place === undefined ? '' : ` (${place})`}`;
}
