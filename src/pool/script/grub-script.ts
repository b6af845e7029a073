import { grubFile, grubLine, grubScript, grubWord, LEAVES } from '../../domain/grub/grub-words.ts';
import { macWithHyphens } from '../../domain/values/mac.ts';
import { imageParts, type KernelParts, linuxParts } from './kernel-scripts.ts';
import type { ScriptInput } from './script-input.ts';
import { preselectedOf } from './waiting-scripts.ts';

/**
 * What {@link machineScript} says, for the signed GRUB of a machine with Secure Boot on. Its first configuration asks again and again until a script
 * boots or leaves; `recon_query` goes along with the next question, and `recon_answered` says that there was an answer.
 */
export function grubMachineScript(input: ScriptInput): string {
  const { image, mac, profile, profileName, unfit } = input;
  const said = grubLine(`${input.machine} boots ${profileName}. ${input.because}`);
  if (unfit !== undefined) return unbootable(input, unfit);
  switch (profile.kind) {
    case 'compute':
    case 'failsafe':
      return image === undefined
        ? unbootable(input, `${profileName} has no image here`)
        : kernelScript(said, imageParts(input, profile, image, macWithHyphens(mac)));
    case 'linux':
      return kernelScript(said, linuxParts(input, profile));
    case 'local-disk':
      return grubScript([said, ...LEAVES]);
    case 'hold':
      return grubScript([
        grubLine(`${input.machine} is held and does not boot by itself. ${input.because}`),
        grubLine('choose what it boots, or let it go on, on the page of the head node. Nothing on this machine was changed.'),
        grubLine('Escape: failsafe. Otherwise it waits here.'),
        ...next('held=1&'),
        'if sleep --interruptible 60; then true; else',
        '    set recon_query="held=1&want=failsafe&"',
        'fi',
      ]);
    case 'menu':
      return grubScript([
        grubLine(`${input.machine} has a menu, which only iPXE can draw. It goes on with what is preselected.`),
        ...next(`want=${preselectedOf(profile)}&`),
      ]);
    case 'iso':
    case 'script':
    case 'recon':
      return unbootable(input, `${profileName} needs iPXE`);
  }
}

function next(query: string): string[] {
  return [`set recon_query=${grubWord(query)}`, 'set recon_answered=y'];
}

function unbootable({ machine }: ScriptInput, why: string): string {
  return grubScript([
    grubLine(`${machine} cannot boot what was chosen for it: ${why}`),
    grubLine('in 30 seconds, or after Escape, it goes on with its own disk.'),
    'sleep --interruptible 30',
    ...LEAVES,
  ]);
}

function kernelScript(said: string, { kernel, initrds, words }: KernelParts): string {
  const file = (url: string): string => grubFile(url.replace(/^http:\/\/([^/]*).*$/, '$1'), url.replace(/^http:\/\/[^/]*/, ''));
  const fetched = initrds.map(({ url }) => grubWord(file(url))).join(' ');
  return grubScript([
    said,
    `if linux ${[grubWord(file(kernel)), ...words.map(grubWord)].join(' ')}; then`,
    ...(fetched === '' ? ['    boot'] : [`    if initrd ${fetched}; then`, '        boot', '    fi']),
    'fi',
    grubLine('kernel or ramdisk did not arrive or did not start. Trying again in 5 seconds.'),
    'sleep 5',
    'set recon_answered=y',
  ]);
}
