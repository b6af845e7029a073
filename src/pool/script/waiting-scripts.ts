import { askAgain, ownScriptUrl, TO_LOCAL_DISK } from './leave.ts';
import type { MenuItem, ScriptInput } from './script-input.ts';
import { screenLine, screenWords, scriptText, setting } from './script-text.ts';

/** Says why, waits, and offers failsafe on a key. It never boots or reboots by itself; each minute it asks whether a person has decided. */
export function holdScript(input: ScriptInput): string {
  return scriptText([
    screenLine(`${input.machine} is held and does not boot by itself. ${input.because}`),
    'echo Recon: choose what it boots, or let it go on, on the page of the head node. Nothing on this machine was changed.',
    'prompt --key f --timeout 60000 Press f for failsafe. Otherwise it waits here. && goto failsafe ||',
    ...askAgain(input, '?held=1'),
    ':failsafe',
    `chain --replace --autofree ${ownScriptUrl(input, '?held=1&want=failsafe')} || goto ask`,
  ]);
}

/** A menu; each line asks the head for that profile's script. Without a timeout it waits for a person. */
export function menuOfProfiles(
  input: ScriptInput,
  { title, timeoutSeconds, preselected }: { title: string; timeoutSeconds: number; preselected: string },
): string {
  const items = (input.items ?? []).map(({ profile, title: words }: MenuItem) => `item ${profile} ${screenWords(words) || profile}`);
  return scriptText([
    ':menu',
    `menu ${screenWords(title) || 'Recon'} - ${screenWords(input.machine)}`,
    ...items,
    `choose --default ${preselected} --timeout ${timeoutSeconds * 1000} selected || goto menu`,
    `chain --replace --autofree ${ownScriptUrl(input, `?want=${setting('selected')}`)} ||`,
    'echo Recon: the head node gave no script for that choice.',
    'sleep 5',
    'goto menu',
  ]);
}

/** The line of a menu that is taken when nobody chooses. */
export function preselectedOf(menu: { items: readonly string[]; default?: string }): string {
  const [first = 'local-disk'] = menu.items;
  return menu.default !== undefined && menu.items.includes(menu.default) ? menu.default : first;
}

/** For what cannot be booted now: the reason, and then the machine's own disk, so that nothing goes round in circles. */
export function unbootableScript(input: Pick<ScriptInput, 'machine'>, why: string): string {
  return scriptText([
    screenLine(`${input.machine} cannot boot what was chosen for it: ${why}`),
    'prompt --timeout 30000 In 30 seconds, or after a key, it goes on with its own disk. ||',
    ...TO_LOCAL_DISK,
  ]);
}
