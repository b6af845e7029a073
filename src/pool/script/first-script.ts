import { bootScriptPath } from '../../domain/api.ts';
import { FACTS_QUERY, readMemoryLines } from '../../master/boot/ipxe.ts';
import { FROM_MENU, LEAVE } from './leave.ts';
import { BOOT_MAC, scriptText, setting } from './script-text.ts';

/** `/menu.ipxe`: sends every machine to its own script, and never gives up. `base` is our URL without a slash at the end. */
export function firstScript(base: string): string {
  return scriptText([
    `echo Recon: asking ${base} what to boot`,
    `set ${FROM_MENU} 1`,
    'set attempt:int32 0',
    ...readMemoryLines(),
    ':ask',
    `chain ${base}${bootScriptPath('MAC').replace('MAC', () => BOOT_MAC)}?${FACTS_QUERY} || goto failed`,
    `isset ${setting(LEAVE)} || goto failed`,
    // firmware goes on to the next boot device only after a failure (UEFI 2.10, section 3.1.2)
    `exit ${setting(LEAVE)}`,
    ':failed',
    'inc attempt',
    `echo Recon: no boot script from ${base} (attempt ${setting('attempt')}). Is the head node on, is the cable in?`,
    'echo Trying again in 5 seconds. Ctrl-C stops.',
    'sleep 5',
    'goto ask',
  ]);
}

/** `/menu.gpxe`, and whatever a gPXE asks for: it goes on as iPXE, which knows what our scripts say. `loaderUrl`: that of undionly.kpxe. */
export function gpxeScript(loaderUrl: string): string {
  return ['#!gpxe', 'echo Recon: gPXE goes on as iPXE', `chain ${loaderUrl}`, ''].join('\n');
}
