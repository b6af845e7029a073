import type { ControlAction } from '../../domain/page-paths.ts';
import { counted } from '../../domain/values/counted.ts';
import type { VisitSummary } from '../../domain/web-api.ts';

/** The words of each button: on it, in its dialog, and after it worked. */
export const CONTROL_WORDS: Record<ControlAction, { button: string; title: string; confirm: string; explain: string; doneText: string }> = {
  seal: {
    button: 'Seal the tarball now',
    title: 'Seal the tarball',
    confirm: 'Seal',
    explain: 'The tarball is made from all records that are there. Machines that come later get into the next one.',
    doneText: 'Sealed.',
  },
  'seal-without-captures': {
    button: 'Seal without raw captures',
    title: 'Seal without raw captures',
    confirm: 'Seal without',
    explain:
      'The tarball holds every record and the report, and not the raw captures, because the stick has no room for them. They stay on the stick; recon recover makes a tarball with them at home.',
    doneText: 'Sealed without raw captures.',
  },
  done: {
    button: 'Done: stop discovery',
    title: 'Stop discovery',
    confirm: 'Stop discovery',
    explain: 'From now on no new machine gets an answer. Those that are under way finish.',
    doneText: 'Discovery is stopped: new machines get no answer.',
  },
  look: {
    button: 'Look again at silent networks',
    title: 'Look again',
    confirm: 'Look again',
    explain:
      'Each network that is not served is listened to once more, and served when it is quiet. First take away what the list of networks names. The reason stays in the list.',
    doneText: 'The master listens again; it takes about ten seconds.',
  },
  'power-off': {
    button: 'Seal and power off',
    title: 'Seal and power off the master',
    confirm: 'Seal and power off',
    explain: 'The tarball is made, then the master powers off. This page ends with it. When the machine is off, pull the stick.',
    doneText: 'Sealed. The master powers off now; pull the stick when it is off.',
  },
};

/** What is said when the master has done it. */
export function doneWords(action: ControlAction, tarball: { name: string; machines: number } | undefined): string {
  const inside = tarball === undefined ? '' : ` ${tarball.name} holds ${counted(tarball.machines, 'machine')}.`;
  return `${CONTROL_WORDS[action].doneText}${inside}`;
}

/** What speaks against it at this moment; undefined when nothing does. */
export function doubt(action: ControlAction, { counts, storage, expected }: VisitSummary): string | undefined {
  if (action === 'look') return undefined;
  const underWay = counts.found + counts.loading + counts.inventorying;
  const parts = [
    ...(underWay > 0 ? [`${counted(underWay, 'machine is', 'machines are')} still under way`] : []),
    ...(counts.stuck > 0 ? [`${counted(counts.stuck, 'is', 'are')} stuck`] : []),
    ...(action !== 'seal' && action !== 'seal-without-captures' && expected !== undefined && expected.missingCount > 0
      ? [`${expected.missingCount} expected have no record`]
      : []),
    ...(action === 'power-off' && storage === 'ram' ? ['the records are in RAM only, so download the tarball first'] : []),
  ];
  return parts.length === 0 ? undefined : `${parts.join('; ')}.`;
}
