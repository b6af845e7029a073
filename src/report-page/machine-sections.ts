import { machineAnchor } from '../report/html-text.ts';
import type { MachineIndex } from '../report/page/machine-columns.ts';
import { unpack } from './unpack.ts';

/** Opens the section of the machine that the address names, now and whenever a link leads to one. */
export function openByAddress(index: MachineIndex): void {
  const rowOf = new Map(index.rows.map(([mac], at) => [machineAnchor(String(mac)), at]));
  const follow = async (): Promise<void> => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const place = document.getElementById(anchor) ?? (await unpacked(anchor, rowOf.get(anchor), index.packed));
    const section = place?.closest('details');
    if (section === null || section === undefined) return;
    for (let part: HTMLDetailsElement | null | undefined = section; part; part = part.parentElement?.closest('details')) part.open = true;
    // a link into the section, to the trace of a part, leads to its row
    const isSection = place?.parentElement === section;
    (isSection ? section : place)?.scrollIntoView();
    if (isSection) section.querySelector('summary')?.focus({ preventScroll: true });
  };
  addEventListener('hashchange', () => void follow());
  // a second click on the same link changes no address
  document.addEventListener('click', ({ target }) => {
    const link = (target as Element).closest<Element>('a[href^="#"]');
    if (link !== null && link.getAttribute('href') === location.hash) void follow();
  });
  if (location.hash !== '') void follow();
}

async function unpacked(anchor: string, row: number | undefined, packed: number | undefined): Promise<HTMLElement | null> {
  if (row === undefined || packed === undefined) return null;
  const template = document.createElement('template');
  template.innerHTML = await unpack(`machines-${Math.floor(row / packed)}`);
  const section = template.content.getElementById(anchor)?.closest('details');
  if (section !== null && section !== undefined) document.getElementById('opened')?.prepend(section);
  return document.getElementById(anchor);
}
