import { imageScript, linuxScript } from './kernel-scripts.ts';
import { askAgain, TO_LOCAL_DISK } from './leave.ts';
import { type ScriptInput, sourceUrl } from './script-input.ts';
import { screenLine, scriptText } from './script-text.ts';
import { holdScript, menuOfProfiles, preselectedOf, unbootableScript } from './waiting-scripts.ts';

/** The script of a machine for what was decided. Pure: the same input is the same text. */
export function machineScript(input: ScriptInput): string {
  const { profile, profileName, image, unfit } = input;
  switch (profile.kind) {
    case 'compute':
    case 'failsafe':
      if (unfit !== undefined) return unbootableScript(input, unfit);
      return image === undefined ? unbootableScript(input, `${profileName} has no image here`) : imageScript(input, profile, image);
    case 'linux':
      return linuxScript(input, profile);
    case 'iso':
      return chosen(input, [
        `sanboot --no-describe ${sourceUrl(input, profile.iso)} ||`,
        ...askAgainLater(input, 'the ISO does not start'),
      ]);
    case 'script':
      return chosen(input, [`chain ${sourceUrl(input, profile.script)} ||`, ...TO_LOCAL_DISK]);
    case 'menu': {
      const { title, timeoutSeconds } = profile;
      return menuOfProfiles(input, { title: title ?? profileName, timeoutSeconds, preselected: preselectedOf(profile) });
    }
    case 'recon':
      return input.reconUrl === undefined
        ? unbootableScript(input, 'this head node has no inventory image')
        : chosen(input, [
            `chain --replace --autofree ${input.reconUrl} ||`,
            ...askAgainLater(input, 'the inventory image does not answer'),
          ]);
    case 'hold':
      return holdScript(input);
    case 'local-disk':
      return chosen(input, TO_LOCAL_DISK);
  }
}

function chosen(input: ScriptInput, lines: readonly string[]): string {
  return scriptText([screenLine(`${input.machine} boots ${input.profileName}. ${input.because}`), ...lines]);
}

function askAgainLater(input: ScriptInput, why: string): string[] {
  return [screenLine(`${why}. The head node is asked again in 15 seconds`), 'sleep 15', ...askAgain(input)];
}
