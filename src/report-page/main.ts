import { messageOf } from '../domain/values/message-of.ts';
import type { MachineIndex } from '../report/page/machine-columns.ts';
import { fillWhenOpened, offerUnfolding } from './folded-parts.ts';
import { openByAddress } from './machine-sections.ts';
import { liveTable } from './machine-table.ts';
import { unpack } from './unpack.ts';

start().catch((error: unknown) => {
  const warning = document.createElement('p');
  warning.className = 'warning';
  warning.textContent = `Search and folded parts do not work in this browser (${messageOf(error)}). It must be of 2023 or newer.`;
  document.querySelector('h1')?.after(warning);
});

async function start(): Promise<void> {
  const index = JSON.parse(await unpack('machine-index')) as MachineIndex;
  fillWhenOpened();
  offerUnfolding('groups', 'group');
  offerUnfolding('wiring', 'switch');
  offerUnfolding('details', 'machine');
  liveTable(index);
  openByAddress(index);
  document.documentElement.dataset['ready'] = 'true';
}
